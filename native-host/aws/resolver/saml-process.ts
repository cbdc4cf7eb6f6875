import { splitCommand } from './split-command.ts';

/** A profile that awsher's SAML sign-in fills. */
export interface SamlProcess {
  /** The sign-in, as in awsher's settings. */
  readonly name: string;
  /** Under whose name the credentials are stored. */
  readonly profile: string;
}

/**
 * A `credential_process` line that is awsher's own for a SAML sign-in, `awsher credential-process --saml NAME --profile P`:
 * awsher itself then answers without starting itself again. Undefined for every other command.
 */
export function samlProcess(command: string, platform: string): SamlProcess | undefined {
  if (!command.includes('credential-process --saml ')) return undefined;
  const words = splitCommand(command, platform);
  const at = words.indexOf('credential-process');
  const [own, flag, name, profileFlag, profile, more] = [words[at - 1] ?? '', ...words.slice(at + 1)];
  if (at < 1 || at > 2 || !/(?:^|[\\/])awsher(?:\.js|\.cmd)?$/.test(own)) return undefined;
  if (flag !== '--saml' || profileFlag !== '--profile' || more !== undefined || !name || !profile)
    return undefined;
  return { name, profile };
}

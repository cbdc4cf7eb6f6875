import { isRegionShaped } from '../../../../shared/aws/regions.ts';
import { isIdpUrl } from '../../../../shared/aws/saml-hosts.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { assertSafeName } from '../../../base/formats/names.ts';
import { shown } from '../../../base/formats/shown.ts';
import {
  isDuration,
  readSamlSettings,
  removeSamlSettings,
  type SamlSettings,
  samlSettings,
  saveSamlSettings,
  settingsFile,
} from '../../../features/saml/saml-settings.ts';
import { type Invocation, type Run, text } from '../command.ts';
import { plain } from '../output.ts';
import { table } from '../table.ts';

/** `awsher saml add NAME --url URL`: writes a sign-in, or changes what was named of one that is there. */
export const addSaml: Run = async (context, invocation, output) => {
  const [name = ''] = invocation.arguments;
  assertSafeName('SAML sign-in', name);
  const existing = readSamlSettings(context.paths).find((one) => one.name === name);
  const url = text(invocation, 'url') ?? existing?.url;
  if (url === undefined || !isIdpUrl(url)) {
    throw new AwsherError(
      'USAGE',
      url === undefined ? 'A SAML sign-in needs an address.' : 'That is not an https address.',
      { hint: 'add `--url URL`: the address of the AWS tile at your identity provider' },
    );
  }
  // Another address may be another company's: its first response pins the issuer anew.
  const moved = existing !== undefined && existing.url !== url;
  const { issuer: pinned, ...kept } = existing ?? {};
  const settings: SamlSettings = {
    ...kept,
    ...(pinned === undefined || moved ? {} : { issuer: pinned }),
    ...given(invocation),
    name,
    url,
  };
  await saveSamlSettings(context.paths, settings);
  if (output.json) output.data(settings);
  else {
    const { bold, green } = output.style;
    output.answer(
      `${green('✓')} ${existing ? 'changed' : 'added'} ${bold(plain(name))}, in ${settingsFile(context.paths)}`,
    );
    output.tell(`Sign in with \`awsher saml login ${plain(name)}\`.`);
  }
};

/** `awsher saml list` */
export const listSaml: Run = async (context, _invocation, output) => {
  const all = readSamlSettings(context.paths);
  if (output.json) output.data(all);
  else if (all.length === 0)
    output.tell('There are no SAML sign-ins yet. Add one: `awsher saml add NAME --url URL`.');
  else {
    const rows = all.map(({ name, url, role, issuer }) => [
      { text: plain(name), paint: output.style.bold },
      { text: plain(role ?? '-') },
      { text: plain(issuer ?? '-') },
      { text: plain(url) },
    ]);
    const head = ['NAME', 'ROLE', 'ISSUER', 'ADDRESS'].map((word) => ({
      text: word,
      paint: output.style.dim,
    }));
    output.answer(table([head, ...rows], output.room));
  }
};

/** `awsher saml remove NAME`: forgets the sign-in; profiles stay. */
export const removeSaml: Run = async (context, invocation, output) => {
  const [name = ''] = invocation.arguments;
  const settings = samlSettings(context.paths, name);
  await removeSamlSettings(context.paths, name);
  if (output.json) output.data(settings);
  else output.answer(`${output.style.green('✓')} removed ${plain(name)}; its profiles stay`);
};

/** What the options of a sign-in say, checked. */
export function given(invocation: Invocation): Partial<Omit<SamlSettings, 'name' | 'url'>> {
  const duration = text(invocation, 'duration');
  if (duration !== undefined && !isDuration(duration))
    throw new AwsherError('USAGE', '--duration must be 900 to 43200 seconds.');
  const region = text(invocation, 'region');
  if (region !== undefined && !isRegionShaped(region))
    throw new AwsherError('REGION_INVALID', `${shown(region, plain, 'A word')} is not an AWS region.`);
  const profile = text(invocation, 'profile');
  if (profile !== undefined) assertSafeName('profile', profile);
  const [role, issuer] = [text(invocation, 'role'), text(invocation, 'issuer')];
  return {
    ...(role === undefined ? {} : { role }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(duration === undefined ? {} : { duration: Number(duration) }),
  };
}

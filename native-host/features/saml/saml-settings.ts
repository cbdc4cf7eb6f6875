import { join } from 'node:path';
import { stringify } from 'ini';
import { isIdpUrl } from '../../../shared/aws/saml-hosts.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { ensureFolder, writeFileAtomic } from '../../base/files/atomic-write.ts';
import { withLock } from '../../base/files/lock.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readRegularFile } from '../../base/files/read-file.ts';
import { nearest } from '../../base/formats/nearest.ts';
import { type IniSection, iniSections } from '../../base/formats/plain-ini.ts';
import { shown, shownOr } from '../../base/formats/shown.ts';

/** A SAML sign-in as the person set it up: one section `[NAME]` of `saml.ini` in awsher's config folder. A file
 * of its own, because `awsher import` writes config.ini anew, and no team's file is to say where people sign in. */
export interface SamlSettings {
  readonly name: string;
  /** The IdP's page that ends in the AWS console. */
  readonly url: string;
  /** Whose responses count; set by the first sign-in. */
  readonly issuer?: string;
  /** The role to take when there are several. */
  readonly role?: string;
  /** Seconds to ask for. */
  readonly duration?: number;
  /** AWS region of the profile, and to ask STS in. */
  readonly region?: string;
  /** AWS profile to fill; the sign-in's own name unless told. */
  readonly profile?: string;
}

type SettingsPaths = Pick<Paths, 'configDir' | 'stateDir' | 'locksDir'>;

export const settingsFile = ({ configDir }: Pick<Paths, 'configDir'>): string => join(configDir, 'saml.ini');

/** Every SAML sign-in, by name. Throws CONFIG_INVALID for a section that cannot be used. */
export function readSamlSettings(paths: Pick<Paths, 'configDir'>): SamlSettings[] {
  const file = settingsFile(paths);
  return [...iniSections(readText(file))].map(([name, section]) => toSettings(file, name, section));
}

/** The sign-in of a name. Throws SAML_UNKNOWN. */
export function samlSettings(paths: Pick<Paths, 'configDir'>, name: string): SamlSettings {
  const all = readSamlSettings(paths);
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    all.map((one) => one.name),
  );
  throw new AwsherError(
    'SAML_UNKNOWN',
    `No SAML sign-in ${shown(name, undefined, 'with a name')} is set up.`,
    {
      hint:
        near === undefined
          ? `run \`awsher saml add ${shownOr('NAME', name)} --url URL\`, with the address of the AWS tile at your identity provider`
          : `did you mean ${near}?`,
    },
  );
}

/** Writes or replaces one section; every other line of the file stays as it is. */
export function saveSamlSettings(paths: SettingsPaths, settings: SamlSettings): Promise<void> {
  const { name, ...values } = settings;
  return rewrite(paths, name, stringify({ [name]: values }, { whitespace: true, platform: 'linux' }));
}

/** Removes one section. */
export function removeSamlSettings(paths: SettingsPaths, name: string): Promise<void> {
  return rewrite(paths, name, '');
}

async function rewrite(paths: SettingsPaths, name: string, section: string): Promise<void> {
  const file = settingsFile(paths);
  await withLock(paths, 'saml-settings', () => {
    const before = readText(file);
    const after = withSection(before, name, section);
    if (after === before) return;
    ensureFolder(paths.configDir);
    writeFileAtomic(file, after);
  });
}

/** The text with the section in the place of the old one, or at the end. */
function withSection(text: string, name: string, section: string): string {
  const lines = text.split(/(?<=\n)/);
  const isOurs = (line: string): boolean => {
    if (!/^\s*\[/.test(line)) return false;
    return iniSections(`${line}\nhere = 1`).has(name);
  };
  const start = lines.findIndex(isOurs);
  if (start === -1) {
    if (section === '') return text;
    const gap = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    return text + gap + section;
  }
  const next = lines.findIndex((line, at) => at > start && /^\s*\[/.test(line));
  const end = next === -1 ? lines.length : next;
  const rest = lines.slice(end);
  // Comments and blank lines in front of the next section are that section's.
  const kept = trailing(lines.slice(start + 1, end));
  const before = lines.slice(0, start).join('');
  const space = section !== '' && rest.length > 0 && kept.length === 0 ? '\n' : '';
  return before + section + space + [...kept, ...rest].join('');
}

function trailing(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => !/^\s*([;#].*)?$/.test(line.trimEnd()));
  return lines.slice(last + 1);
}

function toSettings(file: string, name: string, section: IniSection): SamlSettings {
  const text = (key: string): string | undefined => {
    const value = Object.hasOwn(section, key) ? section[key] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const url = text('url');
  if (url === undefined || !isIdpUrl(url)) throw unusable(file, name, 'url', 'an https address');
  const duration = text('duration');
  if (duration !== undefined && !isDuration(duration))
    throw unusable(file, name, 'duration', 'a number of seconds from 900 to 43200');
  const rest = (['issuer', 'role', 'region', 'profile'] as const).flatMap((key) => {
    const value = text(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    name,
    url,
    ...Object.fromEntries(rest),
    ...(duration === undefined ? {} : { duration: Number(duration) }),
  };
}

/** What STS takes (STS API Reference, AssumeRoleWithSAML). */
export const isDuration = (text: string): boolean =>
  /^\d{3,5}$/.test(text) && Number(text) >= 900 && Number(text) <= 43_200;

function unusable(file: string, name: string, key: string, what: string): AwsherError {
  return new AwsherError('CONFIG_INVALID', `In [${name}] of ${file}, ${key} is missing or is not ${what}.`, {
    hint: `run \`awsher saml add ${shownOr('NAME', name)} --url URL\``,
  });
}

const readText = (file: string): string => readRegularFile(file)?.toString('utf8') ?? '';

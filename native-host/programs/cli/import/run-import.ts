import { basename } from 'node:path';
import { parseStartUrl } from '../../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { saidOf } from '../../../../shared/session-settings.ts';
import { applyEdit, planEdit } from '../../../base/files/config-edit.ts';
import type { ConfigFile } from '../../../base/files/config-file.ts';
import { readRegularFile } from '../../../base/files/read-file.ts';
import { sessionEdits } from '../../../base/files/sso-session.ts';
import type { IniEdit } from '../../../base/formats/ini-edit.ts';
import { readSharedConfig } from '../../../base/formats/profiles.ts';
import { unifiedDiff } from '../../../base/formats/unified-diff.ts';
import type { Context } from '../../../base/platform/context.ts';
import { readStdin } from '../../../base/platform/stdin.ts';
import { FORMATS } from '../../../features/settings/choices.ts';
import { fetchText } from '../../../features/settings/fetch-text.ts';
import { planSettings, writeSettings } from '../../../features/settings/own-settings.ts';
import {
  type Format,
  formatOf,
  MAX_SETTINGS_BYTES,
  parseSettingsText,
} from '../../../features/settings/parse-file.ts';
import { parseSettings, type Settings, TeamSettings } from '../../../features/settings/settings.ts';
import { tellBrowsers } from '../../../features/signin/tell-browsers.ts';
import { flag, type Invocation, type Run, text } from '../command.ts';
import { confirmEdit } from '../confirm-edit.ts';
import { EXIT } from '../exit.ts';
import { plain } from '../output.ts';

/**
 * `awsher import`: takes over what a platform team publishes, after showing it. Throws SETTINGS_INVALID, SESSION_CONFLICT,
 * USAGE, NETWORK, FILE_READ, CONFIG_INVALID.
 */
export const runImport: Run = async (context, invocation, output) => {
  const { paths, signal } = context;
  const source = await readSource(context, invocation);
  const value = await parseSettingsText(source.text, source.format, source.name);
  const { sessions = {}, ...groups } = parseSettings(TeamSettings, value, source.name);
  const settings = { ...groups, sessions: settingsIn(sessions) };

  const edits = (config: ConfigFile): IniEdit[] => sectionsFor(config, sessions);
  const config = planEdit(paths, edits);
  const own = planSettings(paths, settings);
  const changed = config.changed || own.changed;
  const diff = unifiedDiff(own.file, own.before, own.after) + config.diff;
  const agreed = await confirmEdit(context, invocation, output, { changed, diff });
  const written = agreed === 'yes' && changed;
  if (written) {
    await writeSettings(paths, settings, { signal });
    await applyEdit(paths, edits, { signal, inPlace: flag(invocation, 'inPlace') });
    await tellBrowsers(context);
  }
  if (output.json) {
    output.data({ source: source.name, sessions: Object.keys(sessions), changed, written, diff });
  } else if (!changed) {
    output.tell(`${output.style.green('✓')} Everything in ${plain(source.name)} is already set`);
  } else if (written) {
    output.tell(`${output.style.green('✓')} imported ${plain(source.name)}`);
    const [first] = Object.keys(sessions);
    if (config.changed && first !== undefined) output.tell(`  → awsher login ${first}`);
  } else {
    output.tell(agreed === 'no' ? 'Nothing was written.' : 'Nothing was written: this was a dry run.');
  }
  return agreed === 'no' ? EXIT.cancelled : EXIT.done;
};

/** What a file says of sessions besides their portals. One of which it says nothing keeps what the person chose. */
function settingsIn(sessions: NonNullable<TeamSettings['sessions']>): NonNullable<Settings['sessions']> {
  const said = Object.entries(sessions).map(([name, one]) => [name, saidOf(one)] as const);
  return Object.fromEntries(said.filter(([, one]) => Object.keys(one).length > 0));
}

interface Source {
  readonly text: string;
  readonly format: Format;
  /** For messages: without folders, user and query. */
  readonly name: string;
}

async function readSource(context: Context, invocation: Invocation): Promise<Source> {
  const [given = ''] = invocation.arguments;
  const asked = FORMATS.find((one) => one === text(invocation, 'format'));
  const isAddress = /^[a-z][a-z0-9+.-]+:\/\//i.test(given);
  if (isAddress) {
    const { env, signal } = context;
    const { text: found, address } = await fetchText(given, { env, signal });
    const name = basename(new URL(given).pathname) || new URL(given).host;
    return {
      text: found,
      name,
      format: formatFor(asked, [new URL(given).pathname, new URL(address).pathname]),
    };
  }
  if (given === '-')
    return {
      text: checkedText(await readStdin(MAX_SETTINGS_BYTES, context.signal), 'stdin'),
      name: 'stdin',
      format: formatFor(asked, []),
    };
  const bytes = readRegularFile(given);
  if (bytes === undefined) {
    throw new AwsherError('FILE_READ', `There is no file ${plain(given)}.`, { hint: 'check its path' });
  }
  return { text: checkedText(bytes, given), name: given, format: formatFor(asked, [given]) };
}

function formatFor(asked: Format | undefined, names: readonly string[]): Format {
  const format = asked ?? names.map(formatOf).find((found) => found !== undefined);
  if (format !== undefined) return format;
  throw new AwsherError('USAGE', 'The file name does not end in .toml, .ini or .json.', {
    hint: 'add `--format toml`, `--format ini` or `--format json`',
  });
}

function checkedText(bytes: Buffer, name: string): string {
  if (bytes.length > MAX_SETTINGS_BYTES)
    throw new AwsherError('SETTINGS_INVALID', `${name} is larger than 256 KiB.`);
  return bytes.toString('utf8');
}

/** Sessions that are there with the same portal stay as they are; one with another portal is never changed by a file. */
function sectionsFor(config: ConfigFile, sessions: NonNullable<TeamSettings['sessions']>): IniEdit[] {
  const { ssoSessions } = readSharedConfig(config);
  return Object.entries(sessions).flatMap(([name, { start_url, region, scopes }]) => {
    try {
      const request = { name, startUrl: parseStartUrl(start_url), region };
      return sessionEdits(ssoSessions.get(name), scopes === undefined ? request : { ...request, scopes });
    } catch (thrown) {
      if (!(thrown instanceof AwsherError) || thrown.code !== 'SESSION_CONFLICT') throw thrown;
      throw new AwsherError('SESSION_CONFLICT', thrown.message, {
        hint: 'a settings file cannot move a session to another portal: rename or remove yours first',
        cause: thrown,
      });
    }
  });
}

import { MAX_SAID_SESSIONS } from '../../../shared/limits.ts';
import type { ComputerSettings } from '../../../shared/protocol/native.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readSettings, writeSettings } from '../../features/settings/own-settings.ts';

/** The settings in `config.ini` that count in a browser, too. Throws SETTINGS_INVALID, FILE_READ. */
export function computerSettings(paths: Pick<Paths, 'configDir'>): ComputerSettings {
  const { device_codes, sessions = {} } = readSettings(paths);
  const said = Object.entries(sessions).map(([session, one]) => ({ session, ...one }));
  return { noDeviceCodes: device_codes === 'never', sessions: said.slice(0, MAX_SAID_SESSIONS) };
}

/** Writes what the person chose in the browser. An `auto` takes a setting of a session away. Throws SETTINGS_INVALID, FILE_WRITE. */
export async function changeSettings(
  paths: Pick<Paths, 'configDir' | 'locksDir'>,
  { noDeviceCodes, sessions = [] }: { [K in keyof ComputerSettings]?: ComputerSettings[K] | undefined },
): Promise<Record<string, never>> {
  const before = readSettings(paths).sessions;
  const merged = sessions.map(({ session, ...said }) => [session, { ...before?.[session], ...said }]);
  await writeSettings(paths, {
    sessions: Object.fromEntries(merged),
    ...(noDeviceCodes === undefined ? {} : { device_codes: noDeviceCodes ? 'never' : 'allow' }),
  });
  return {};
}

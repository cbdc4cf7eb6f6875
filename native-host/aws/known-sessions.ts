import type { KnownSession } from '../../shared/protocol/native.ts';
import type { Paths } from '../files/paths.ts';
import { readNotes } from './session-notes.ts';
import { sessionStatuses } from './session-status.ts';

/** Every sso-session of the config for the browser: its status, and the person's name at AWS once a command saw it. */
export function knownSessions(
  paths: Pick<Paths, 'configFile' | 'credentialsFile' | 'ssoCacheDir' | 'stateDir'>,
  now: number,
): KnownSession[] {
  return sessionStatuses(paths, now).map((status) => {
    const { who } = readNotes(paths, status.session);
    return who === undefined ? status : { ...status, who };
  });
}

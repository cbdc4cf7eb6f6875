import { comparableStartUrl, startUrlFacts } from '../../../shared/aws/start-url.ts';
import type { Paths } from '../../base/files/paths.ts';
import type { Place } from '../calls/clients.ts';
import { readNotes } from './session-notes.ts';

/**
 * Where a session's calls go: a token is renewed, and used, at the endpoints of the family that it came from. The host of
 * the start URL tells the family; where it tells none, the sign-in noted it. A company's own address leads to a portal that
 * may have moved to another region since the config was written.
 */
export function placeOf(
  paths: Pick<Paths, 'stateDir'>,
  { key, startUrl, region }: { key: string; startUrl: string; region: string },
): Place {
  const told = startUrlFacts(startUrl);
  if (told.family !== null) return { region, family: told.family };
  const notes = readNotes(paths, key);
  const led =
    told.portal === null && notes.portalOf === comparableStartUrl(startUrl) ? notes.portal : undefined;
  const moved = led === undefined ? null : startUrlFacts(led).region;
  return { region: moved ?? region, family: notes.family ?? null };
}

import { legacySubject, sessionSubject } from '../../aws/token-subject.ts';
import type { TokenSubject } from '../../aws/valid-token.ts';
import { type SharedConfig, textValue } from '../../formats/profiles.ts';
import type { Context } from '../../platform/context.ts';
import type { ChosenSession } from '../choose-session.ts';

/** Whose token lists the accounts of a session. */
export function subjectOf(
  { paths, now }: Pick<Context, 'paths' | 'now'>,
  config: SharedConfig,
  { session, legacy, startUrl, region }: ChosenSession,
): TokenSubject {
  const section = config.ssoSessions.get(session);
  const named = legacy || section === undefined ? undefined : sessionSubject(config, section);
  if (named !== undefined) return named;
  const profile = [...config.profiles.values()].find(
    (section) => textValue(section, 'sso_start_url') === startUrl,
  );
  return legacySubject(paths, config, { startUrl, region, profile: profile?.name ?? 'default' }, now());
}

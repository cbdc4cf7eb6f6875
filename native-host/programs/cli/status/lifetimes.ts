import type { SessionStatus } from '../../../../shared/fields.ts';
import type { CachedRole } from '../../../aws/roles/session-roles.ts';
import { parseTimestamp } from '../../../base/formats/token-dates.ts';

/** What is known about the ends of a sign-in. Times are milliseconds since 1970. */
export interface Lifetimes {
  readonly status: SessionStatus;
  /** Credentials of its roles in the shared cache, still good, the first to end first. */
  readonly roles: readonly CachedRole[];
  /** What ends next of all, if anything is left to end. */
  readonly next: { readonly what: string; readonly at: number } | undefined;
}

/**
 * The four lifetimes of a sign-in: the portal session (its end is unknown; the registration's end is a bound), the access
 * token, the credentials of roles, the registration. Pure.
 */
export function lifetimes(status: SessionStatus, cached: readonly CachedRole[], now: number): Lifetimes {
  const roles = cached
    .filter(({ expiresAt }) => expiresAt > now)
    .sort((one, other) => one.expiresAt - other.expiresAt);
  const ends = [
    ...roles.slice(0, 1).map(({ profile, expiresAt }) => ({ what: `role of ${profile}`, at: expiresAt })),
    { what: 'access token', at: timeOf(status.expiresAt) },
    { what: 'registration', at: timeOf(status.refreshableUntil) },
  ].filter(({ at }) => at > now);
  const next = ends.reduce<(typeof ends)[number] | undefined>(
    (first, one) => (first === undefined || one.at < first.at ? one : first),
    undefined,
  );
  return { status, roles, next };
}

/** A date of a status as milliseconds; minus infinity for none. */
export function timeOf(date: string | null): number {
  return (date === null ? undefined : parseTimestamp(date)) ?? Number.NEGATIVE_INFINITY;
}

import { isRegionShaped } from '../../../shared/aws/regions.ts';
import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { comparableStartUrl, parseStartUrl } from '../../../shared/aws/start-url.ts';
import type { Catalogue } from '../../../shared/catalogue/catalogue.ts';
import { isSafeEntry } from '../../base/formats/names.ts';
import { type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { safePart } from '../../base/formats/safe-text.ts';
import type { SamlSettings } from '../saml/saml-settings.ts';
import type { FoundProfile } from './found-profile.ts';

/** A session, by its name, and the accounts and roles that it is known to offer. */
export interface KnownSession {
  readonly session: string;
  readonly startUrl: string;
  readonly catalogue: Catalogue | null;
}

/** What becomes of a profile. */
export type Item =
  | {
      readonly kind: 'sso';
      readonly found: FoundProfile;
      readonly session: string;
      readonly accountId: string;
      readonly roleName: string;
      /** A section that is to be made for it. */
      readonly newSession?: { readonly startUrl: string; readonly region: string };
    }
  | { readonly kind: 'saml'; readonly found: FoundProfile; readonly settings: SamlSettings }
  | { readonly kind: 'left'; readonly found: FoundProfile; readonly reason: string };

export interface PlanOptions {
  readonly config: SharedConfig;
  readonly sessions: readonly KnownSession[];
  /** `--map PROFILE=ACCOUNT/ROLE`: the person's word on what the files do not tell. */
  readonly map: ReadonlyMap<string, { readonly accountId: string; readonly roleName: string }>;
  /** `--session`: only this one. */
  readonly session?: string;
}

/** Maps found profiles to accounts and roles of Identity Center, or to SAML sign-ins, or says why not. Pure. */
export function planMigration(found: readonly FoundProfile[], options: PlanOptions): Item[] {
  const made: Made = new Map();
  return found.map((profile) => planOne(profile, options, made));
}

/** Sessions that are to be made, by their portal. */
type Made = Map<string, { session: string; startUrl: string; region: string }>;

function planOne(found: FoundProfile, options: PlanOptions, made: Made): Item {
  const mapped = options.map.get(found.profile);
  const { accountId, roleName } = mapped ?? found;
  const left = (reason: string): Item => ({ kind: 'left', found, reason });
  const orSaml = (reason: string): Item =>
    found.saml === undefined ? left(reason) : { kind: 'saml', found, settings: found.saml };
  if (!isSafeName(found.profile)) return left('not every SDK can read its name');
  if (found.obstacle !== undefined && mapped === undefined) return left(found.obstacle);
  if (accountId === undefined || roleName === undefined)
    return orSaml(`its files do not say which account and role: add \`--map ${found.profile}=ACCOUNT/ROLE\``);
  const plain = permissionSet(roleName);
  if (!/^\d{12}$/.test(accountId) || !/^[\w+=,.@-]{1,64}$/.test(plain))
    return left('its account or role cannot exist in AWS');
  if (found.startUrl !== undefined) return ofPortal(found, options, made, { accountId, roleName: plain });

  const wanted = options.sessions.filter(({ session }) => (options.session ?? session) === session);
  const offers = wanted.flatMap(({ session, catalogue }) => {
    const account = catalogue?.accounts.find((one) => one.accountId === accountId);
    return account === undefined ? [] : [{ session, roles: account.roles ?? [] }];
  });
  for (const { session, roles } of offers) {
    const role = roles.find((name) => name === plain) ?? onlyOne(roles, plain);
    if (role !== undefined) return { kind: 'sso', found, session, accountId, roleName: role };
  }
  const [offer] = offers;
  if (offer === undefined) return orSaml(`no session that you are signed in to offers account ${accountId}`);
  return orSaml(
    `${offer.session} offers account ${accountId} with ${listed(offer.roles)}, not ${plain}: add \`--map ${found.profile}=${accountId}/ROLE\``,
  );
}

/** The files name the portal: its session is found by the address, or made. */
function ofPortal(
  found: FoundProfile,
  { config, sessions, session: asked }: PlanOptions,
  made: Made,
  { accountId, roleName }: { accountId: string; roleName: string },
): Item {
  const left = (reason: string): Item => ({ kind: 'left', found, reason });
  let startUrl: string;
  try {
    startUrl = parseStartUrl(found.startUrl ?? '');
  } catch {
    return left('its start URL is not valid');
  }
  const key = comparableStartUrl(startUrl);
  const same = sessions.filter((one) => comparableStartUrl(one.startUrl) === key);
  const known = same.find(({ session }) => session === asked) ?? same[0];
  if (known !== undefined) return { kind: 'sso', found, session: known.session, accountId, roleName };
  const region = found.ssoRegion ?? '';
  if (!isRegionShaped(region)) return left('its files do not name the region of the portal');
  const { session, ...newSession } = made.get(key) ?? {
    session: freeName(asked ?? nameOf(startUrl), config, made),
    startUrl,
    region,
  };
  made.set(key, { session, ...newSession });
  return { kind: 'sso', found, session, accountId, roleName, newSession };
}

/** The permission set behind a role that Identity Center made: `AWSReservedSSO_Admin_0123456789abcdef` is `Admin`. */
function permissionSet(roleName: string): string {
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(roleName)?.[1] ?? roleName;
}

/** The one role that differs in its case only. */
function onlyOne(roles: readonly string[], wanted: string): string | undefined {
  const near = roles.filter((name) => name.toLowerCase() === wanted.toLowerCase());
  return near.length === 1 ? near[0] : undefined;
}

/** `corp` of corp.awsapps.com; of an instance's own address its first label. */
function nameOf(startUrl: string): string {
  const { hostname, pathname } = new URL(startUrl);
  const inPath = /^\/directory\/([^/]+)/.exec(pathname)?.[1];
  return safePart(inPath ?? hostname.split('.')[0] ?? '') || 'sso';
}

function freeName(wanted: string, { ssoSessions }: SharedConfig, made: Made): string {
  const taken = new Set([...ssoSessions.keys(), ...[...made.values()].map(({ session }) => session)]);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function listed(roles: readonly string[]): string {
  const shown = roles.filter((name) => isSafeEntry('name', name)).slice(0, 6);
  return shown.length === 0 ? 'no known role' : shown.join(', ');
}

/** What a profile is called beside the old one, as long as that is kept. */
export const besideName = (profile: string): string => `${profile}-sso`;

/** Whether a profile is what an item makes of it. */
export function isAsPlanned(
  config: SharedConfig,
  profile: string,
  { session, accountId, roleName }: Extract<Item, { kind: 'sso' }>,
): boolean {
  const section = config.profiles.get(profile);
  return (
    textValue(section, 'sso_session') === session &&
    textValue(section, 'sso_account_id') === accountId &&
    textValue(section, 'sso_role_name') === roleName
  );
}

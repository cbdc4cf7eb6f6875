import * as v from 'valibot';
import { ACCOUNT_COLOURS } from '../catalogue/colours.ts';
import { Answer, EpochSeconds, Name, Region, SecretIn, Url, WireErrorIn } from '../fields.ts';

/** Accounts and roles on both links of the extension: to the host, and to the popup. */

const AccountId = v.pipe(v.string(), v.regex(/^\d{12}$/));
/** What IAM Identity Center allows in the name of a permission set, a little wider. */
const RoleName = v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,64}$/));

/** One role that a session can reach. The host looks it up in its catalogue before it does anything with it. */
export const RoleRef = v.object({ session: Name, accountId: AccountId, roleName: RoleName });
export type RoleRef = v.InferOutput<typeof RoleRef>;

/** Times are milliseconds since 1970; text is AWS's own, of any characters. */
export const ListedAccount = v.object({
  accountId: AccountId,
  accountName: Answer,
  emailAddress: Answer,
  /** `null`: not listed yet. */
  roles: v.nullable(v.array(RoleName)),
  /** Why its roles could not be listed. */
  problem: v.nullable(v.picklist(['forbidden'])),
  /** What the settings of the person's team say of it. Empty and `none` where they say nothing. */
  label: v.pipe(v.string(), v.maxLength(60)),
  colour: v.picklist(ACCOUNT_COLOURS),
  production: v.boolean(),
});
export type ListedAccount = v.InferOutput<typeof ListedAccount>;

const Cursor = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Time = v.nullable(v.number());

/** Bytes of accounts in one page: far below what a browser takes from a host. */
export const CATALOGUE_PAGE_BYTES = 192 * 1024;

const RoleMethod = { params: RoleRef };

/** One line of the picture of where credentials come from: what was looked at, and what came of it. Text for a person. */
export const ExplainedLine = v.object({
  depth: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(12)),
  mark: v.picklist(['taken', 'passed-over', 'not-there', 'invalid', 'detail']),
  title: Answer,
  text: Answer,
  /** File and line, with `~` for the home folder; empty where there is none. */
  place: Answer,
});
export type ExplainedLine = v.InferOutput<typeof ExplainedLine>;
export const MOST_EXPLAINED_LINES = 100;

const Explained = {
  /** The profile that stands for the role; `null` when the config has none, and then there are no lines. */
  profile: v.nullable(Name),
  /** One sentence. */
  verdict: Answer,
  lines: v.pipe(v.array(ExplainedLine), v.maxLength(MOST_EXPLAINED_LINES)),
};

/** What the host answers about accounts and roles. */
export const ROLE_METHODS = {
  /** What is known of a session's accounts, page by page; makes no request to AWS. */
  'catalogue.list': {
    params: v.object({ session: Name, cursor: Cursor }),
    result: v.object({
      startUrl: Url,
      region: Region,
      /** When the list of accounts was complete; another value in a later page means: begin again. */
      accountsAsOf: Time,
      accounts: v.array(ListedAccount),
      /** Where the next page begins; `null` at the end. */
      next: v.nullable(Cursor),
    }),
  },
  /** Has the host ask AWS, once for all that ask at a time; answered at once, told on by `catalogue.changed`. */
  'catalogue.refresh': { params: v.object({ session: Name }), result: v.object({}) },
  /** A profile for the role in `~/.aws/config`, made when there is none. */
  'profile.ensure': { ...RoleMethod, result: v.object({ profile: Name, created: v.boolean() }) },
  /** Where the credentials of the role's profile come from. Writes nothing, asks nobody. */
  'role.explain': { ...RoleMethod, result: v.object(Explained) },
  /** Short-lived keys, for the deliberate second step of the popup and nothing else. */
  'keys.show': {
    ...RoleMethod,
    result: v.object({
      accessKeyId: Name,
      secretAccessKey: SecretIn,
      sessionToken: SecretIn,
      expiresAt: EpochSeconds,
    }),
  },
};

/** How an update of a session's catalogue goes on. */
export const CatalogueChanged = v.object({
  session: Name,
  /** Accounts whose roles are known, of all. */
  done: v.number(),
  total: v.number(),
  ended: v.boolean(),
  error: v.nullable(WireErrorIn),
});
export type CatalogueChanged = v.InferOutput<typeof CatalogueChanged>;

/** A session's accounts as the extension keeps them between two openings of the popup. No secret. */
export const KeptCatalogue = v.object({
  session: Name,
  startUrl: Url,
  accountsAsOf: Time,
  accounts: v.array(ListedAccount),
});
export type KeptCatalogue = v.InferOutput<typeof KeptCatalogue>;

export const MOST_FAVOURITES = 150;
export const MOST_RECENTS = 20;

/** What the person made of the list: stars, what was used last, own names and colours of accounts. */
export const RolePreferences = v.object({
  /** Keys of `roleKey`. */
  favourites: v.pipe(v.array(Answer), v.maxLength(MOST_FAVOURITES)),
  /** Newest first. */
  recents: v.pipe(v.array(Answer), v.maxLength(MOST_RECENTS)),
  accounts: v.record(
    AccountId,
    v.object({ label: v.pipe(v.string(), v.maxLength(60)), colour: v.picklist(ACCOUNT_COLOURS) }),
  ),
  /** A regular expression; see `productionTest`. */
  productionPattern: v.pipe(v.string(), v.maxLength(200)),
});
export type RolePreferences = v.InferOutput<typeof RolePreferences>;

/** What the popup asks of the background, over the port named `roles`; each is answered under its id. */
export const RolesRequest = v.object({
  id: v.pipe(v.number(), v.safeInteger()),
  ask: v.variant('type', [
    v.object({ type: v.literal('refresh'), session: Name }),
    v.object({ type: v.literal('console'), role: RoleRef }),
    v.object({ type: v.literal('profile'), role: RoleRef }),
    v.object({ type: v.literal('explain'), role: RoleRef }),
    v.object({ type: v.literal('keys'), role: RoleRef }),
  ]),
});
export type RolesRequest = v.InferOutput<typeof RolesRequest>;

const Id = v.pipe(v.number(), v.safeInteger());

/** What the background sends over that port. */
export const RolesMessage = v.variant('type', [
  v.object({ type: v.literal('done'), id: Id }),
  v.object({ type: v.literal('profile'), id: Id, profile: Name, created: v.boolean() }),
  v.object({ type: v.literal('explain'), id: Id, ...Explained }),
  v.object({
    type: v.literal('keys'),
    id: Id,
    accessKeyId: Name,
    secretAccessKey: SecretIn,
    sessionToken: SecretIn,
    expiresAt: EpochSeconds,
  }),
  v.object({ type: v.literal('failed'), id: Id, error: WireErrorIn }),
  v.object({ type: v.literal('progress'), progress: CatalogueChanged }),
]);
export type RolesMessage = v.InferOutput<typeof RolesMessage>;

/** Names one role in the person's preferences. */
export function roleKey({ session, accountId, roleName }: RoleRef): string {
  return `${session} ${accountId} ${roleName}`;
}

import * as v from 'valibot';
import { Request } from '../../../shared/request/request.ts';

const NullableTime = v.nullable(v.number());

const VouchedCode = v.strictObject({
  userCode: v.string(),
  pageHostname: v.string(),
  page: v.string(),
  attempt: v.nullable(v.string()),
  tabId: v.nullable(v.number()),
  vouchedAt: v.number(),
  expiresAt: v.number(),
  confirmedAt: NullableTime,
  allowedAt: NullableTime,
  consentContext: v.nullable(v.string()),
  consentLost: v.boolean(),
});

const VouchedAuthorization = v.strictObject({
  id: v.string(),
  region: v.string(),
  clientId: v.string(),
  state: v.string(),
  port: v.number(),
  tabId: v.nullable(v.number()),
  requested: v.nullable(v.string()),
  openedAt: v.number(),
  expiresAt: v.number(),
  allowedAt: NullableTime,
});

const Tab = v.strictObject({
  tabId: v.number(),
  vouchedCode: v.nullable(v.string()),
  awayMs: v.number(),
  /** Since when the tab is on a page that awsher may not see; `null` while it can. */
  awaySince: NullableTime,
  acceptedCode: v.nullable(v.string()),
  acceptedContext: v.nullable(v.string()),
  /** The notice that this tab shows, and what it is about: the person's word counts for that alone. */
  notice: v.nullable(v.strictObject({ id: v.string(), about: v.string(), since: v.number() })),
  /** The decision of this tab that was logged last; a page reports once a second, and the same again is no news. */
  logged: v.nullable(v.string()),
  /** The press order that is out, if any. */
  order: v.nullable(
    v.strictObject({
      nonce: v.string(),
      step: v.picklist(['confirm', 'allow']),
      /** What it is about: one of the two. */
      userCode: v.nullable(v.string()),
      authorization: v.nullable(v.string()),
    }),
  ),
});
export type TabState = v.InferOutput<typeof Tab>;

/** What the background must not forget when the browser puts it to sleep. */
export const BackgroundState = v.strictObject({
  requests: v.array(Request),
  book: v.pipe(v.array(VouchedCode), v.readonly()),
  authorizations: v.pipe(v.array(VouchedAuthorization), v.readonly()),
  tabs: v.array(Tab),
  /** When awsher pressed, in the last minute. */
  presses: v.array(v.number()),
});
export type BackgroundState = v.InferOutput<typeof BackgroundState>;

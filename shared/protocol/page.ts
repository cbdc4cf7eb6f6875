import * as v from 'valibot';
import { PageReading } from '../approval/page-reading.ts';
import { USER_CODE } from '../approval/user-code.ts';
import { Name, Text, Url } from '../fields.ts';
import { NOTICE_STATES, NOTICE_WORDS } from './notice-words.ts';

/** Messages between the content script in AWS's pages and the background. */

/** A page's content script to the background, as `runtime.sendMessage`. The shortest table: it may ask nothing else. */
export const PageMessage = v.variant('type', [
  /** What is on the page now, by the facts of that day; sent on every change, and once a second while an approval page is open. */
  v.strictObject({ type: v.literal('page.seen'), reading: PageReading, facts: Name }),
  /** The page wants to go to this address of this computer; where awsher's own PKCE requests are answered, it was kept from it. */
  v.strictObject({ type: v.literal('page.left'), to: Url }),
  /** What became of a press order. */
  v.strictObject({
    type: v.literal('page.pressed'),
    nonce: Name,
    outcome: v.picklist(['clicked', 'changed']),
  }),
  /**
   * The person's choice in the notice of this id. `mine`: show the page, they started it elsewhere. `match`: the code is the
   * one in their terminal, sign in.
   */
  v.strictObject({
    type: v.literal('notice.choice'),
    notice: Name,
    choice: v.picklist(['leave', 'mine', 'match']),
    /** The page at that moment. */
    reading: PageReading,
  }),
]);
export type PageMessage = v.InferOutput<typeof PageMessage>;

/**
 * What the notice names as really waiting on this computer, so that the person can tell the two apart. No code.
 * `session` is `null` for a command that awsher has no part in and only sees running.
 */
export const WaitingHere = v.strictObject({
  command: Name,
  session: v.nullable(Name),
  startedAt: v.number(),
  /** All of it in one line, for the person. */
  line: Text,
});
export type WaitingHere = v.InferOutput<typeof WaitingHere>;

/** How what awsher shows inside a page has to look: as the person chose. */
export const PageLook = v.strictObject({
  /** Of the texts, as in `lang`. */
  language: Name,
  direction: v.picklist(['ltr', 'rtl']),
  /** Style sheet in the theme that the person chose; a closed shadow root has it. */
  css: Text,
});
export type PageLook = v.InferOutput<typeof PageLook>;

/** The background's answer to the content script. It never holds a vouched code. */
export const PageOrder = v.variant('do', [
  v.strictObject({ do: v.literal('nothing') }),
  /** Something of ours may appear here: report again on change and once a second. */
  v.strictObject({ do: v.literal('watch') }),
  v.strictObject({
    do: v.literal('press'),
    step: v.picklist(['confirm', 'allow']),
    nonce: Name,
    /** The address that was judged; at any other one nothing is pressed. */
    address: Text,
  }),
  v.strictObject({
    do: v.literal('notice'),
    /** Names what the notice is about; another one begins anew. */
    id: Name,
    /** checking: nobody knows yet. compare: a command here may have asked, one confirmation signs in. stranger: leave. */
    state: v.picklist(NOTICE_STATES),
    /** The code that the page is about, for the person to compare; `null` on a consent page. */
    code: v.nullable(v.pipe(v.string(), v.regex(USER_CODE))),
    /** Host of the page. */
    host: Name,
    look: PageLook,
    words: v.strictObject(v.entriesFromList(NOTICE_WORDS, Text)),
    /** `null`: not known. */
    waiting: v.nullable(v.array(WaitingHere)),
  }),
  v.strictObject({ do: v.literal('withdraw-notice') }),
  /** Newer facts about AWS's pages, `PageFacts` as JSON: read again by these. */
  v.strictObject({ do: v.literal('read-by'), facts: Text }),
  /** A small line at the page's edge: the person has to click, and why. */
  v.strictObject({ do: v.literal('hint'), look: PageLook, line: Text }),
]);
export type PageOrder = v.InferOutput<typeof PageOrder>;

/**
 * The background to the content script of a tab that awsher opened: read this page, whatever its address looks like; or tell
 * its shape, which is answered with `PageOutline`.
 */
export const PageCall = v.strictObject({ do: v.picklist(['look', 'outline']) });
export type PageCall = v.InferOutput<typeof PageCall>;

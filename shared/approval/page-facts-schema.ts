import * as v from 'valibot';
import { MAX_TEXT } from '../limits.ts';
import { isPrintable } from '../printable.ts';

/**
 * What may be said about AWS's pages from outside a build, by the host to the extension. It can hold no host, no address and
 * no script: an element is named by its id, by one `data-` attribute or by a class that no build hashes, a text has neither
 * colon, slash, point nor bracket, a path is words, a parameter one name. Any other key is left out.
 * Where awsher may press at all is not in here (`PAGE_HOSTS`, `CHECKS`).
 */
const seen = {
  /** `yyyy-mm` */
  lastSeen: v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])$/)),
  source: v.picklist(['aws', 'several-tools', 'one-tool', 'page-report']),
};
const Selector = v.pipe(
  v.string(),
  v.maxLength(120),
  v.regex(/^(?:button|input)?(?:#[A-Za-z][\w-]*|\.awsui-[a-z-]+|\[data-[a-z-]+\*?="[\w -]+"\])$/),
);
const Words = v.pipe(v.string(), v.regex(/^[^<>{}()[\]/:.@\\"'`;=]{1,80}$/), v.check(isPrintable));
const part = v.object({
  selectors: v.pipe(v.array(v.object({ selector: Selector, ...seen })), v.maxLength(30)),
  texts: v.pipe(v.array(v.object({ text: Words, ...seen })), v.maxLength(60)),
});

/** The form of an address, below the place where a portal begins on its host. */
const Route = v.object({
  /** `authorization`: the consent of the PKCE flow. */
  page: v.picklist(['device', 'consent', 'authorization']),
  /** Path and parameter stand behind `#`, as the portal's router has them, or before it. */
  place: v.picklist(['fragment', 'query']),
  /** `/`, or words in lower case: `/device`. */
  path: v.pipe(v.string(), v.maxLength(60), v.regex(/^\/(?:[a-z]+(?:[-/][a-z]+)*)?$/)),
  /** What names the request there: the code, the device context, the client. */
  parameter: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z_-]{5,39}$/)),
  ...seen,
});
export type Route = v.InferOutput<typeof Route>;

export const PageFacts = v.pipe(
  v.object({
    /** The day of the last change, `yyyy-mm-dd`: of two sets the newer one counts. */
    asOf: v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)),
    routes: v.pipe(v.array(Route), v.maxLength(20)),
    confirm: part,
    allow: part,
    shownCode: part,
    approved: part,
    failed: part,
  }),
  // A page is told all of them in one text.
  v.check((facts) => JSON.stringify(facts).length <= MAX_TEXT / 2),
);
export type PageFacts = v.InferOutput<typeof PageFacts>;

import * as v from 'valibot';
import { isPrintable } from '../printable.ts';

/**
 * What may be said about AWS's pages from outside a build, by the host to the extension. It can hold no host, no address and
 * no script: an element is named by its id, by one `data-` attribute or by a class that no build hashes, a text has neither
 * colon, slash, point nor bracket. Any other key is left out.
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

export const PageFacts = v.object({
  /** The day of the last change, `yyyy-mm-dd`: of two sets the newer one counts. */
  asOf: v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)),
  confirm: part,
  allow: part,
  shownCode: part,
  approved: part,
  failed: part,
});
export type PageFacts = v.InferOutput<typeof PageFacts>;

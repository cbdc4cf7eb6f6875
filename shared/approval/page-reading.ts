import * as v from 'valibot';

/**
 * What the page reader saw, as plain facts without judgement. It comes from a content script and is hostile until
 * parsed; even parsed it is only a claim, which is why `decide` also asks the browser for the address.
 */
const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(50));

export const ButtonSeen = v.strictObject({
  /** Elements that match a selector of the button, shown or not. */
  present: Count,
  /** Those of them that a person could see and use now. */
  usable: Count,
  /** Visible but disabled: the page may still be at work. */
  disabled: Count,
  /** Something other than the known cookie banner lies over it. */
  covered: v.boolean(),
});
export type ButtonSeen = v.InferOutput<typeof ButtonSeen>;

export const PageReading = v.strictObject({
  confirm: ButtonSeen,
  allow: ButtonSeen,
  /** Codes that the page shows, at most four, in the form ABCD-EFGH. */
  shownCodes: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/))), v.maxLength(4)),
  approved: v.boolean(),
  error: v.boolean(),
  /** The document has no visible content yet. */
  blank: v.boolean(),
});
export type PageReading = v.InferOutput<typeof PageReading>;

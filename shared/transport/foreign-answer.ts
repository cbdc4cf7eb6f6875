/** For an answer that is not AWS's: a proxy's, a captive portal's. Also for one without what AWS always gives, however empty: the list of a listing. */
export class ForeignAnswer extends Error {
  readonly $metadata;
  /** `status` is what the SDK looks at before it tries again. */
  constructor(
    readonly reason: 'page' | 'foreign' = 'foreign',
    status?: number,
  ) {
    super();
    this.$metadata = { httpStatusCode: status };
  }
}

/** Whether an answer is a web page, by its type or its first bytes: no service of AWS's gives one, and a call without results would take it for success. */
export function isWebPage(headers: Readonly<Record<string, string>> = {}, body?: unknown): boolean {
  if (/html/i.test(headers['content-type'] ?? '')) return true;
  return body instanceof Uint8Array && /^\s*<(?:!|html)/i.test(String.fromCharCode(...body.subarray(0, 99)));
}

/** One answered request. It names the operation and the outcome and never holds a body, a header or a path. */
export interface JournalEntry {
  /** Epoch milliseconds of the embedded clock. */
  readonly time: number;
  readonly service: string;
  readonly operation: string;
  /** The host name that was asked. */
  readonly host: string;
  readonly status: number;
  /** Error type, as `AuthorizationPendingException`; null when it went well. */
  readonly error: string | null;
  /** The `User-Agent` header: tells a browser from a command. */
  readonly userAgent: string;
}

/** How often an operation was answered; with `status`, only the answers with that status. */
export function countEntries(
  entries: readonly JournalEntry[],
  operation: string,
  filter: { status?: number; error?: string } = {},
): number {
  return entries.filter(
    (entry) =>
      entry.operation === operation &&
      (filter.status === undefined || entry.status === filter.status) &&
      (filter.error === undefined || entry.error === filter.error),
  ).length;
}

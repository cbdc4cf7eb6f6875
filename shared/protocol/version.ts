/**
 * Versions of the messages between extension, host and command. `newest` goes up when an older peer could misread a
 * message, `oldest` when what an old peer says is understood no longer. A key that a peer does not know is ignored, so a new
 * one needs no new version.
 */
export interface ProtocolRange {
  readonly oldest: number;
  readonly newest: number;
}

export const PROTOCOL: ProtocolRange = { oldest: 1, newest: 1 };

/** What `hello` says of it. A part that speaks one version alone leaves `oldest` out. */
export interface SpokenProtocol {
  protocol: number;
  oldest?: number | undefined;
}

/** Our half of `hello`. */
export function ownProtocol({ oldest, newest }: ProtocolRange = PROTOCOL): SpokenProtocol {
  return oldest === newest ? { protocol: newest } : { protocol: newest, oldest };
}

/** Whether the other part is too old or too new to be talked to; `null` when both speak some version. */
export function otherProtocol(
  { protocol, oldest = protocol }: SpokenProtocol,
  own: ProtocolRange = PROTOCOL,
): 'older' | 'newer' | null {
  if (protocol < own.oldest) return 'older';
  return oldest > own.newest ? 'newer' : null;
}

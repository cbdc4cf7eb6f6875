/** A file or folder that has to do with AWS credentials, and what is known about it. Holds nothing of its contents. */
export interface Item {
  readonly path: string;
  readonly folder: boolean;
  /** Stable, for programs. */
  readonly kind: string;
  /** What it is, in one clause. */
  readonly what: string;
  /** Who writes it; null when nobody can tell. */
  readonly writer: string | null;
  /**
   * `ended`: its time is over. `orphan`: nothing in the config refers to it. `leftover`: what a program did not clear
   * away. `foreign`: another program's, which awsher does not know more about.
   */
  readonly state: 'good' | 'ended' | 'orphan' | 'leftover' | 'broken' | 'foreign';
  /** When it ends by itself, ISO 8601 in UTC. */
  readonly expiresAt: string | null;
  /** What becomes of you if it is deleted. */
  readonly ifDeleted: string;
  /** Whether `awsher files --clean` takes it. */
  readonly clean: boolean;
  readonly size: number;
  /** Permission bits in octal (`0600`); null on Windows. */
  readonly mode: string | null;
  readonly modifiedMs: number;
}

/** What a look at a file concluded; the rest of an Item is the file system's. */
export type Judgement = Pick<
  Item,
  'kind' | 'what' | 'writer' | 'state' | 'expiresAt' | 'ifDeleted' | 'clean'
>;

/** A judgement with the usual values for what is not said. */
export function judged(
  kind: string,
  what: string,
  more: Partial<Omit<Judgement, 'kind' | 'what'>> = {},
): Judgement {
  return {
    kind,
    what,
    writer: null,
    state: 'good',
    expiresAt: null,
    ifDeleted: 'something stops working',
    clean: false,
    ...more,
  };
}

/** Files this young may be half-written by a program that runs now. */
export const SETTLED_MS = 10 * 60_000;
/** A temporary file this old has no program any more. */
export const LEFTOVER_MS = 60 * 60_000;

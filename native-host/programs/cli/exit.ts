/** Exit codes of every command; docs/commands.md quotes them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Denied or canceled by you. */
  cancelled: 3,
  /** A sign-in is needed and no browser may be opened. */
  signInNeeded: 4,
  interrupted: 130,
} as const;

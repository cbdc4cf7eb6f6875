/** Limits of one message. All of them are ours and lie below what browsers enforce (host to browser: 1 MiB). */
export const MAX_MESSAGE_BYTES = 512 * 1024;
/** Longest text in any field of a message, in UTF-16 units; tokens are the longest thing that travels. */
export const MAX_TEXT = 16 * 1024;
/** Longest name: of a session, a profile, a label, a command. */
export const MAX_NAME = 200;
/** Entries of the log of decisions in one message. */
export const HISTORY_PAGE = 50;
/** Checks of the doctor in one message, and the length of what one says: together far below the limit of a message. */
export const MAX_CHECKS = 40;
export const MAX_FINDING = 1_500;
/** Running sign-in commands in one message. */
export const MAX_SIGNINS = 20;
/** Deadline of an answer that needs no person and no AWS, in milliseconds. */
export const ANSWER_DEADLINE_MS = 5_000;
/** Deadline for storing a token, in milliseconds: longer than the host waits for the token's lock, so that its answer is the true end. */
export const STORE_DEADLINE_MS = 45_000;

/** Sessions of which `config.ini` says something to a browser. */
export const MAX_SAID_SESSIONS = 200;

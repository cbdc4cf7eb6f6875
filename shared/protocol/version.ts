/**
 * Version of the messages between extension, host and command. It goes up when an older peer could misread a
 * message; both ends compare it in `hello` and say which part to bring up to date.
 */
export const PROTOCOL_VERSION = 1;

/** Numeric id of the user, -1 on Windows, where modes and owners mean nothing. */
export const userId = (): number => process.getuid?.() ?? -1;

/** A file's mode as `chmod` and `ls` write it, without its kind: `0600`. */
export const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');

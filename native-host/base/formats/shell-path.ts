/** A path to be typed into a shell: short where it can be, in quotes where it must be. */
export function shellPath(path: string, home: string): string {
  if (/^[\w@%+=:,./-]+$/.test(path))
    return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
  return `"${path.replace(/["$`\\]/g, '\\$&')}"`;
}

/** The environment of a person's shell: their home, PATH, and nothing of the developer's own. */
export function shellEnv(home: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    HOME: home,
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    NO_COLOR: '1',
    ...more,
  };
}

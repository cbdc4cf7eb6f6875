export const NO_BROWSER: number;
export function browserInstallCommand(
  platform?: NodeJS.Platform,
  osRelease?: string,
  isRoot?: boolean,
): string | null;

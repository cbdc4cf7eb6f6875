import { onWindows } from '../../platform/identity.ts';

/** Lines for a terminal. Names of profiles are of plain characters, so none of them needs a quote (formats/names.ts). */
export type CopyKind = 'use' | 'name' | 'export';

/** What is copied for a profile: how a terminal takes it from now on, its name alone, or how to export its keys. */
export function copyLine(kind: CopyKind, profile: string, windows = onWindows()): string {
  switch (kind) {
    case 'name':
      return profile;
    case 'use':
      return windows ? `$Env:AWS_PROFILE = '${profile}'` : `export AWS_PROFILE=${profile}`;
    case 'export':
      return windows
        ? `awsher export --profile ${profile} --format powershell | Out-String | Invoke-Expression`
        : `eval "$(awsher export --profile ${profile})"`;
  }
}

/** Keys as a terminal takes them. */
export function keyLines(
  keys: { accessKeyId: string; secretAccessKey: string; sessionToken: string },
  windows = onWindows(),
): string[] {
  const pairs = [
    ['AWS_ACCESS_KEY_ID', keys.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', keys.secretAccessKey],
    ['AWS_SESSION_TOKEN', keys.sessionToken],
  ];
  return pairs.map(([name, value]) => (windows ? `$Env:${name} = '${value}'` : `export ${name}=${value}`));
}

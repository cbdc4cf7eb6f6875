/** Names that say whose a file is, and that it is none of awsher's business. Any program may write below `~/.aws`. */

/** A lock of another program: deleting it lets two of them write at once. */
export function isLockName(name: string): boolean {
  return /(?:\.(?:lock|lck)(?:[.-]\w+)?|^\.?lock(?:file)?|^\.~lock\..+#|^\.#.+)$/i.test(name);
}

/** A copy of config or credentials that an editor or a person left: no program reads it, whatever is in it. */
export function isBackupName(name: string): boolean {
  return (
    /^(?:config|credentials)(?:~|[._ -].*(?:bak|backup|old|orig|save|copy|rej|~)(?:[._ -]?\d*)?|[._ -](?:bak|backup|old|orig|save|copy).*|[._ -]v?\d[\d._TZ-]*| \(\d+\).*| copy.*)$/i.test(
      name,
    ) ||
    /^\.(?:config|credentials)(?:\..*)?\.sw[op]$/.test(name) ||
    /^#(?:config|credentials)#$/.test(name)
  );
}

const WRITERS: readonly (readonly [RegExp, string])[] = [
  [/^kiro-/, 'Kiro'],
  [/^aws-toolkit-vscode-/, 'AWS Toolkit for VS Code'],
  [/^aws-toolkit-/, 'an AWS Toolkit'],
  [/^(?:codewhisperer|amazon-?q|amzn-q)/i, 'Amazon Q'],
];

/** Who writes a file of this name in `~/.aws/sso/cache`, as far as the name says; null when nobody can tell. */
export function writerByName(name: string): string | null {
  return WRITERS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** A temporary file as awsher and the AWS CLI (Python's mkstemp) name it; those of others are theirs. */
export function isTemporaryName(name: string): boolean {
  return /^\..+\.\d+-[0-9a-f]{12}\.tmp$|^tmp[a-z0-9_]{8}\.tmp$/.test(name);
}

/**
 * An access key id for people to recognise, and nobody to use: its kind and its last four characters (`AKIA…MPLE`). What
 * does not look like one gives nothing away.
 */
export function maskKeyId(accessKeyId: string): string {
  return /^[A-Z0-9]{16,128}$/.test(accessKeyId) ? `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}` : '…';
}

/** `AKIA`: an IAM user's key that has no end; `ASIA`: a temporary one. */
export function isLongTermKeyId(accessKeyId: string): boolean {
  return accessKeyId.startsWith('AKIA');
}

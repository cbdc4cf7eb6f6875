import { readApprovalAddress } from '../../../../shared/approval/approval-address.ts';
import type { SessionStatus } from '../../../../shared/fields.ts';
import type { Flow } from '../../../../shared/flows.ts';
import type { ChosenSession } from '../../../aws/tokens/known-sessions.ts';
import { clockTime } from '../../../base/formats/times.ts';
import { plain, type Style } from '../output.ts';

export interface SignedInWords {
  chosen: ChosenSession;
  outcome: { how: 'cached' | 'refreshed' | 'browser' | Flow; expiresAt: string };
  status: SessionStatus;
  /** The person's name, when it was seen. */
  who: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
  style: Style;
}

const DID = {
  cached: 'already signed in to',
  refreshed: 'renewed',
  browser: 'signed in to',
  device: 'signed in to',
  pkce: 'signed in to',
} as const;

/** `✓ signed in to corp (d-1234567890.awsapps.com) as ana@example.com, until 18:04, renews automatically until 21 Nov` */
export function signedInLine({ chosen, outcome, status, who, now, style }: SignedInWords): string {
  const portal = hostOf(chosen.startUrl);
  const parts = [
    `${style.green('✓')} ${DID[outcome.how]} ${style.bold(plain(chosen.session))} (${portal})${who ? ` as ${plain(who)}` : ''}`,
    `until ${clockTime(Date.parse(outcome.expiresAt), now)}`,
  ];
  if (status.refreshableUntil)
    parts.push(`renews automatically until ${clockTime(Date.parse(status.refreshableUntil), now)}`);
  return parts.join(', ');
}

function hostOf(startUrl: string): string {
  try {
    return new URL(startUrl).hostname;
  } catch {
    return plain(startUrl);
  }
}

export interface CodeWords {
  userCode: string;
  verificationUri: string;
  /** With the code in it. */
  verificationUriComplete: string;
  minutes: number;
  /** The person's browser is on another machine. */
  far: boolean;
}

/** Address and code of a sign-in by hand; from far away also the one line that hands it over to awsher where the browser is. */
export function codeLines(words: CodeWords, { bold, dim }: Style): string {
  const { userCode, verificationUri, minutes, far } = words;
  const address = plain(words.verificationUriComplete);
  const lines = [
    '',
    `  Open   ${bold(address)}`,
    `  Code   ${bold(plain(userCode))}   ${dim(`valid for ${minutes} minutes`)}`,
    '',
    `  On another device open ${plain(verificationUri)} and enter the code.`,
    // It goes into a shell: an address with anything else in it is no address of AWS's. And awsher must be able to judge it.
    ...(far && /^[\w:/.#?=&%~+-]+$/.test(address) && readApprovalAddress(address) !== null
      ? ['  Or, where your browser has awsher:', `    awsher open-url '${address}'`]
      : []),
    '  Approve only if the page shows exactly this code.',
    '',
    '',
  ];
  return lines.join('\n');
}

/** The address of a sign-in whose answer comes back by itself. */
export const addressLines = (address: string, session: string, { dim }: Style): string =>
  [
    '',
    '  Your browser opens the sign-in page; allow access there. If it does not open, go to this address on this computer:',
    '',
    `  ${plain(address)}`,
    '',
    dim(`  On another device: awsher login ${plain(session)} --flow device`),
    '',
    '',
  ].join('\n');

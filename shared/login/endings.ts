import { AwsherError } from '../errors/awsher-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { Target } from '../fields.ts';

const AGAIN = 'run `{command}` to start again';

/** The ways in which a sign-in ends without what was asked for, in the same words for terminal and popup: code, sentence, hint. */
const ENDINGS = {
  cancelled: ['SIGN_IN_CANCELLED', 'The sign-in was canceled.', AGAIN],
  unanswered: [
    'SIGN_IN_CANCELLED',
    'The question in the browser was not answered.',
    "run `{command}` again and press Approve in awsher's window",
  ],
  'agent-denied': [
    'AGENT_DENIED',
    'The administrator of this browser does not let coding agents sign in.',
    'stop here and ask the person at this computer to run `{command}`',
  ],
  'permission-missing': [
    'PERMISSION_MISSING',
    "The browser does not let awsher use AWS's sign-in pages.",
    "press Allow in awsher's popup, then run `{command}` again",
  ],
  'not-begun': [
    'SIGN_IN_TIMEOUT',
    'The sign-in page did not open within three minutes.',
    'run `awsher doctor`, then run `{command}` again',
  ],
  expired: ['CODE_EXPIRED', 'The code expired before the sign-in was approved.', AGAIN],
  denied: ['SIGN_IN_DENIED', 'The sign-in was denied on the page.', AGAIN],
  refused: ['SIGN_IN_FAILED', 'AWS refused the sign-in.', 'run `{command} --flow device`'],
  lost: ['SIGN_IN_FAILED', 'The sign-in was approved, but its token was lost on the way.', AGAIN],
  forgotten: ['SIGN_IN_FAILED', "The record of awsher's client registration is gone.", AGAIN],
  'host-lost': [
    'HOST_LOST',
    'The awsher host stopped during the sign-in.',
    'run `{command}` again; if it happens twice, `awsher doctor`',
  ],
  asleep: ['BROWSER_LOST', 'The browser suspended awsher during the sign-in.', AGAIN],
} as const satisfies Record<string, readonly [code: ErrorCode, sentence: string, hint: string]>;
export type Why = keyof typeof ENDINGS;

/** Why a sign-in by the terminal itself ends without a token; what is an error already stays what it is. */
export const noToken = (why: Why | AwsherError, { session }: Pick<Target, 'session'>): AwsherError =>
  why instanceof AwsherError ? why : inWords(why, `awsher login ${session}`);

/** StartDeviceAuthorization answers InvalidRequestException to a start URL that it does not know in this region. */
export function regionWrong({ session, startUrl, region }: Target): AwsherError {
  return new AwsherError('REGION_WRONG', `AWS has no portal ${startUrl} in ${region}.`, {
    hint: `compare both with the settings page of IAM Identity Center, then run \`awsher login ${session} --start-url ${startUrl} --region REGION --replace\``,
  });
}

/** An ending in words; `command` asks again. */
export function inWords(why: Why, command: string): AwsherError {
  const [code, sentence, hint] = ENDINGS[why];
  return new AwsherError(code, sentence, { hint: hint.replace('{command}', () => command) });
}

/** What a sign-in by a code hears where the person, or their organization, wants none. */
export const deviceCodesOff = (): AwsherError =>
  new AwsherError('DEVICE_CODES_OFF', 'Device codes are turned off on this computer.', {
    hint: 'run the command where your browser is, without `--flow device`',
  });

import { AwsherError } from '../errors/awsher-error.ts';
import type { Target } from '../fields.ts';

/** The ways in which a sign-in ends without what was asked for, in the same words for terminal and popup. */
export type Why =
  | 'cancelled'
  | 'unanswered'
  | 'agent-denied'
  | 'permission-missing'
  | 'not-begun'
  | 'expired'
  | 'denied'
  | 'refused'
  | 'lost'
  | 'forgotten'
  | 'host-lost'
  | 'asleep';

/** Why a sign-in by the terminal itself ends without a token; what is an error already stays what it is. */
export const noToken = (why: Why | AwsherError, { session }: Pick<Target, 'session'>): AwsherError =>
  why instanceof AwsherError ? why : inWords(why, `awsher login ${session}`);

/** StartDeviceAuthorization answers InvalidRequestException to a start URL that it does not know in this region. */
export function regionWrong({ session, startUrl, region }: Target): AwsherError {
  return new AwsherError('REGION_WRONG', `AWS knows no portal ${startUrl} in ${region}.`, {
    hint: `compare both with the settings page of IAM Identity Center, then run \`awsher login ${session} --start-url ${startUrl} --region REGION --replace\``,
  });
}

/** An ending in words; `command` asks again. */
export function inWords(why: Why, command: string): AwsherError {
  const again = { hint: `run \`${command}\` to start again` };
  switch (why) {
    case 'cancelled':
      return new AwsherError('SIGN_IN_CANCELLED', 'The sign-in was canceled.', again);
    case 'unanswered':
      return new AwsherError('SIGN_IN_CANCELLED', 'The question in the browser was not answered.', {
        hint: `run \`${command}\` again and press Approve in awsher's window`,
      });
    case 'agent-denied':
      return new AwsherError(
        'AGENT_DENIED',
        'The administrator of this browser lets no coding agent sign in.',
        { hint: `stop here and ask the person at this computer to run \`${command}\`` },
      );
    case 'permission-missing':
      return new AwsherError(
        'PERMISSION_MISSING',
        "The browser does not let awsher use AWS's sign-in pages.",
        {
          hint: `press Allow in awsher's popup, then run \`${command}\` again`,
        },
      );
    case 'not-begun':
      return new AwsherError('SIGN_IN_TIMEOUT', 'The sign-in page did not open within three minutes.', {
        hint: `run \`awsher doctor\`, then run \`${command}\` again`,
      });
    case 'expired':
      return new AwsherError('CODE_EXPIRED', 'The code expired before the sign-in was approved.', again);
    case 'denied':
      return new AwsherError('SIGN_IN_DENIED', 'The sign-in was denied on the page.', again);
    case 'refused':
      return new AwsherError('SIGN_IN_FAILED', 'AWS refused the sign-in.', {
        hint: `run \`${command} --flow device\``,
      });
    case 'lost':
      return new AwsherError(
        'SIGN_IN_FAILED',
        'The sign-in was approved, but its token was lost on the way.',
        again,
      );
    case 'forgotten':
      return new AwsherError('SIGN_IN_FAILED', 'AWS no longer recognizes awsher as a client.', again);
    case 'host-lost':
      return new AwsherError('HOST_LOST', 'The awsher host stopped during the sign-in.', {
        hint: `run \`${command}\` again; if it happens twice, \`awsher doctor\``,
      });
    case 'asleep':
      return new AwsherError('BROWSER_LOST', 'The browser suspended awsher during the sign-in.', again);
  }
}

/** What a sign-in by a code hears where the person, or their organization, wants none. */
export const deviceCodesOff = (): AwsherError =>
  new AwsherError('DEVICE_CODES_OFF', 'Device codes are turned off on this computer.', {
    hint: 'run the command where your browser is, without `--flow device`',
  });

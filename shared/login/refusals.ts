import { AwsherError } from '../errors/awsher-error.ts';
import type { Target } from '../protocol/fields.ts';

/** The ways in which a sign-in ends without a token, in the same words for the terminal and the popup. */

const again = ({ session }: Pick<Target, 'session'>) => ({
  hint: `run \`awsher login ${session}\` to start again`,
});

export function codeExpired(target: Pick<Target, 'session'>): AwsherError {
  return new AwsherError(
    'CODE_EXPIRED',
    'The sign-in was not approved before its code ended.',
    again(target),
  );
}

export function signInDenied(target: Pick<Target, 'session'>): AwsherError {
  return new AwsherError('SIGN_IN_DENIED', 'The sign-in was denied on the page.', again(target));
}

export function signInCancelled(target: Pick<Target, 'session'>): AwsherError {
  return new AwsherError('SIGN_IN_CANCELLED', 'The sign-in was cancelled.', again(target));
}

/** The browser does not let the extension use AWS's hosts, and nobody gave the permission. */
export function permissionMissing({ session }: Pick<Target, 'session'>): AwsherError {
  return new AwsherError('PERMISSION_MISSING', "The browser does not let awsher use AWS's sign-in pages.", {
    hint: `press Allow in awsher's popup in the browser, then run \`awsher login ${session}\` again`,
  });
}

/** Why no token comes of a code (RFC 8628 §3.5); what is an error already stays what it is. */
export function tokenRefused(
  why: 'expired' | 'denied' | 'lost' | 'forgotten' | AwsherError,
  target: Pick<Target, 'session'>,
): AwsherError {
  switch (why) {
    case 'expired':
      return codeExpired(target);
    case 'denied':
      return signInDenied(target);
    case 'lost':
      return new AwsherError(
        'SIGN_IN_FAILED',
        'The sign-in was approved, but its token got lost on the way.',
        again(target),
      );
    case 'forgotten':
      return new AwsherError(
        'SIGN_IN_FAILED',
        'AWS does not know awsher as a client any more.',
        again(target),
      );
    default:
      return why;
  }
}

/** StartDeviceAuthorization answers InvalidRequestException to a start URL that it does not know in this region. */
export function regionWrong({ session, startUrl, region }: Target, cause?: unknown): AwsherError {
  return new AwsherError('REGION_WRONG', `AWS knows no portal ${startUrl} in ${region}.`, {
    hint: `compare both with the settings page of IAM Identity Center, then run \`awsher login ${session} --start-url ${startUrl} --region REGION --replace\``,
    cause,
  });
}

import { AwsherError } from '../errors/awsher-error.ts';
import type { AwsFault, NetworkReason } from './faults.ts';

const NETWORK_TEXT: Readonly<Record<NetworkReason, [what: string, hint: string]>> = {
  certificate: [
    'shows a certificate this computer does not trust',
    "set AWS_CA_BUNDLE to the file with your company's root certificate",
  ],
  timeout: [
    'did not answer in time',
    'check the network and the proxy (HTTPS_PROXY), then run the command again',
  ],
  name: [
    'could not be found by name',
    'check the network connection and the region, then run the command again',
  ],
  refused: [
    'refused the connection',
    'check the proxy (HTTPS_PROXY) and AWS_ENDPOINT_URL_*, then run the command again',
  ],
  page: [
    'could not be reached: something between you and AWS answered with a web page',
    'open any page in the browser: the network may have its own sign-in page; if not, check the proxy (HTTPS_PROXY), then run the command again',
  ],
  foreign: [
    'could not be reached: something between you and AWS answered in its place',
    'look at the proxy (HTTPS_PROXY) and what it lets through, then run the command again',
  ],
  other: [
    'could not be reached',
    'check the network, and the proxy (a command takes HTTPS_PROXY), then try again',
  ],
};

/** A wait as it is told: "60 minutes, until 15:04 UTC". */
export function waitText({ ms, until }: { readonly ms: number; readonly until: number }): string {
  const [amount, unit] = ms < 120_000 ? [ms / 1000, 'second'] : [ms / 60_000, 'minute'];
  const count = Math.ceil(amount);
  const time = new Date(until).toISOString().slice(11, ms < 120_000 ? 19 : 16);
  return `${count} ${unit}${count === 1 ? '' : 's'}, until ${time} UTC`;
}

function refusalHint(code: string): string {
  if (code.startsWith('KMS_'))
    return "tell your administrator: the problem is the KMS key that encrypts IAM Identity Center's data";
  if (code === 'InvalidScopeException')
    return 'look at `--scopes`, or at sso_registration_scopes of the session in ~/.aws/config';
  return 'run `awsher doctor` to check your settings';
}

/** A fault as what a person is told. `who` is the service with its place: "IAM Identity Center in eu-west-1". */
export function toError(fault: AwsFault, who: string, cause?: unknown): AwsherError {
  switch (fault.kind) {
    case 'unknown':
      // What was wrong before the call was made (a certificate file, a proxy address) has been said already.
      if (fault.cause instanceof AwsherError) return fault.cause;
      return new AwsherError('AWS_ERROR', `${who} sent an answer awsher does not understand.`, {
        hint: 'check for a proxy or a captive portal in between, then run `awsher doctor`',
        cause,
      });
    case 'network': {
      const [what, hint] = NETWORK_TEXT[fault.reason];
      return new AwsherError('NETWORK', `${who} ${what}.`, { hint, cause });
    }
    case 'throttled':
      return new AwsherError(
        'THROTTLED',
        fault.wait === null
          ? `${who} asks to slow down.`
          : `${who} asks to slow down and wait ${waitText(fault.wait)}.`,
        {
          hint:
            fault.wait === null ? 'wait a minute, then run the command again' : 'then run the command again',
          cause,
        },
      );
    case 'aborted':
      return fault.reason instanceof AwsherError
        ? fault.reason
        : new AwsherError('INTERRUPTED', 'Interrupted.', { cause });
    case 'server':
      return new AwsherError('AWS_ERROR', `${who} had an internal error (${fault.code}).`, {
        hint: 'run the command again; AWS reports outages on https://health.aws.amazon.com',
        cause,
      });
    case 'access-denied':
    case 'forbidden':
    case 'invalid-request':
    case 'grant-rejected':
      return new AwsherError('AWS_ERROR', `${who} refused: ${fault.message || fault.kind}.`, {
        hint: refusalHint(fault.kind === 'invalid-request' ? fault.code : ''),
        cause,
      });
    default:
      return new AwsherError('AWS_ERROR', `${who} answered with an error (${fault.kind}).`, {
        hint: 'run `awsher doctor`',
        cause,
      });
  }
}

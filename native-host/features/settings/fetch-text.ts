import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { askOnce } from '../../aws/calls/ask-once.ts';
import { MAX_SETTINGS_BYTES } from './parse-file.ts';

const MAX_REDIRECTS = 5;

export interface FetchOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * The text at an https address, and the address that it came from in the end. Goes through the same proxy and trusts the same
 * roots as calls to AWS; sends no credentials; follows redirects to https only; reads 256 KiB at most, each answer within 15 seconds.
 * Throws USAGE for an address that is not taken, NETWORK, SETTINGS_INVALID for what is no file, and the signal's reason.
 */
export async function fetchText(
  address: string,
  options: FetchOptions,
): Promise<{ text: string; address: string }> {
  let url = checkedAddress(address);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const answer = await request(url, options).catch((cause: unknown) => {
      options.signal.throwIfAborted();
      throw cause instanceof AwsherError ? cause : unreachable(url, cause);
    });
    if ('text' in answer) return { text: answer.text, address: url.href };
    url = checkedAddress(answer.location, url);
  }
  throw new AwsherError('NETWORK', `${shown(url)} redirects forever.`);
}

/** An address without what may be secret in it: query and user. */
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** Throws USAGE for anything but a plain https address. */
function checkedAddress(address: string, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(address, base);
  } catch (cause) {
    throw new AwsherError('USAGE', 'That is neither a file nor an address.', { cause });
  }
  const where = base === undefined ? 'The address' : `${shown(base)} redirects to an address that`;
  if (url.protocol !== 'https:') {
    throw new AwsherError('USAGE', `${where} does not begin with https://.`, {
      hint: 'settings come from a file or over https',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new AwsherError('USAGE', `${where} contains a user name or password.`, {
      hint: 'fetch the file with another tool and import it: `curl ... | awsher import - --format toml`',
    });
  }
  return url;
}

type Answer = { readonly text: string } | { readonly location: string };

async function request(url: URL, { env, signal }: FetchOptions): Promise<Answer> {
  const { status, headers, body, cut } = await askOnce(url.href, {
    ...{ env, signal, deadlineMs: LIMITS.answerMs, mostBytes: MAX_SETTINGS_BYTES },
    headers: { accept: '*/*', 'accept-encoding': 'identity' },
  });
  if (status >= 300 && status < 400 && headers.location !== undefined) return { location: headers.location };
  if (status !== 200) throw new AwsherError('NETWORK', `${shown(url)} returned status ${status}.`);
  if (/^text\/html\b/i.test(headers['content-type'] ?? '')) throw webPage(url);
  if (cut) throw new AwsherError('SETTINGS_INVALID', `${shown(url)} is larger than 256 KiB.`);
  return { text: body.toString('utf8') };
}

function webPage(url: URL): AwsherError {
  return new AwsherError('SETTINGS_INVALID', `${shown(url)} is a web page, not a file.`, {
    hint: 'use the address of the raw file; if it needs a sign-in, download it first',
  });
}

function unreachable(url: URL, cause: unknown): AwsherError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new AwsherError('NETWORK', `${url.host} could not be reached${code}.`, {
    hint: 'check the address, HTTPS_PROXY and AWS_CA_BUNDLE',
    cause,
  });
}

import { get } from 'node:https';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { createTransport } from '../../aws/calls/transport.ts';
import { MAX_SETTINGS_BYTES } from './parse-file.ts';

const MAX_REDIRECTS = 5;
const DEADLINE_MS = 20_000;

export interface FetchOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * The text at an https address, and the address that it came from in the end. Goes through the same proxy and trusts the same
 * roots as calls to AWS; sends no credentials; follows redirects to https only; reads 256 KiB at most, within 20 seconds.
 * Throws USAGE for an address that is not taken, NETWORK, SETTINGS_INVALID for what is no file, and the signal's reason.
 */
export async function fetchText(
  address: string,
  { env, signal }: FetchOptions,
): Promise<{ text: string; address: string }> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
  let url = checkedAddress(address);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const answer = await request(url, env, deadline).catch((cause: unknown) => {
      signal.throwIfAborted();
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

async function request(url: URL, env: FetchOptions['env'], signal: AbortSignal): Promise<Answer> {
  const transport = await createTransport(url.href, env);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'awsher' };
      const asked = get(url, { agent: transport.httpsAgent, headers, signal }, (response) => {
        const { statusCode = 0 } = response;
        const location = response.headers.location;
        if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
          response.destroy();
          resolve({ location });
          return;
        }
        if (statusCode !== 200) {
          response.destroy();
          reject(new AwsherError('NETWORK', `${shown(url)} returned status ${statusCode}.`));
          return;
        }
        if (/^text\/html\b/i.test(response.headers['content-type'] ?? '')) {
          response.destroy();
          reject(webPage(url));
          return;
        }
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_SETTINGS_BYTES) {
            response.destroy();
            reject(new AwsherError('SETTINGS_INVALID', `${shown(url)} is larger than 256 KiB.`));
          } else chunks.push(chunk);
        });
        response.on('end', () => resolve({ text: Buffer.concat(chunks).toString('utf8') }));
        response.on('error', reject);
      });
      asked.on('error', reject);
    });
  } finally {
    transport.close();
  }
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

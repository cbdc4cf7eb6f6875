import { askOnce } from '../../aws/calls/ask-once.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Page {
  status: number;
  /** The `Location` header of a redirect, as an absolute address; `null` without one. */
  location: string | null;
  body: string;
}

const DEADLINE_MS = 10_000;
/** The portal's document has a few kilobytes; a `meta` tag stands at its beginning. */
const MAX_BODY = 256 * 1024;

/**
 * One https request without cookies, through the proxy and with the certificates of the AWS CLI. A redirect is told, never
 * followed. Rejects with the error of the network, or with the signal's reason.
 */
export async function fetchPage(
  method: 'HEAD' | 'GET',
  address: string,
  { env, signal, deadlineMs = DEADLINE_MS }: { env: Env; signal?: AbortSignal; deadlineMs?: number },
): Promise<Page> {
  if (new URL(address).protocol !== 'https:')
    throw Object.assign(new Error('not https'), { code: 'ERR_INVALID_PROTOCOL' });
  const limits = { deadlineMs, mostBytes: MAX_BODY };
  const { status, headers, body } = await askOnce(address, {
    ...{ method, env, signal, ...limits },
    headers: { accept: 'text/html' },
  });
  const to = headers.location;
  const location = to !== undefined && URL.canParse(to, address) ? new URL(to, address).href : null;
  return { status, location, body: body.toString('utf8') };
}

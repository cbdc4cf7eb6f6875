import { request } from 'node:https';
import { createTransport } from '../../aws/calls/transport.ts';

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
  const transport = await createTransport(address, env);
  const limit = AbortSignal.timeout(deadlineMs);
  try {
    return await new Promise<Page>((resolve, reject) => {
      const options = {
        method,
        agent: transport.httpsAgent,
        headers: { accept: 'text/html', 'user-agent': 'awsher' },
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      };
      const sent = request(address, options, (response) => {
        const { statusCode: status = 0, headers } = response;
        const { location: to } = headers;
        const location = to !== undefined && URL.canParse(to, address) ? new URL(to, address).href : null;
        let body = '';
        const done = () => resolve({ status, location, body });
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
          if (body.length <= MAX_BODY) return;
          done();
          response.destroy();
        });
        response.on('end', done).on('error', reject);
      });
      sent.on('error', reject).end();
    });
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown;
  } finally {
    transport.close();
  }
}

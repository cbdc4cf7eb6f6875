import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { startTimer } from '../../base/platform/timers.ts';
import { createTransport } from './transport.ts';

export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** There was more than was asked for; `body` is its beginning. */
  readonly cut: boolean;
}

/** How one request is made, and what it may cost. */
export interface AskOnce {
  /** For the proxy and the certificates, as every call to AWS takes them; empty for neither. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  readonly method?: 'GET' | 'HEAD' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  readonly mostBytes: number;
}

/**
 * One request without an SDK, without cookies and without following a redirect. The deadline is for everything, from the proxy to
 * the last byte. Rejects with the error of the network (`ETIMEDOUT` after the deadline) or the signal's reason, and with what
 * `createTransport` throws.
 */
export async function askOnce(
  address: string,
  { env, signal, method = 'GET', headers, deadlineMs, mostBytes }: AskOnce,
): Promise<PlainAnswer> {
  const transport = await createTransport(address, env);
  const secure = new URL(address).protocol === 'https:';
  const end: (() => void)[] = [transport.close];
  try {
    return await new Promise<PlainAnswer>((resolve, reject) => {
      // Rejected here: a request that waits for its proxy does not hear that it was destroyed.
      end.push(startTimer(deadlineMs, () => reject(Object.assign(new Error(), { code: 'ETIMEDOUT' }))));
      const quit = () => reject(signal?.reason);
      signal?.addEventListener('abort', quit, { once: true });
      end.push(() => signal?.removeEventListener('abort', quit));
      if (signal?.aborted) quit();
      const agent = secure ? transport.httpsAgent : transport.httpAgent;
      const options = { method, agent, headers: { 'user-agent': 'awsher', ...headers } };
      const asked = (secure ? httpsRequest : httpRequest)(address, options, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const done = (cut: boolean) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
            cut,
          });
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > mostBytes) done(true);
        });
        response.on('end', () => done(false)).on('error', reject);
      });
      end.push(() => asked.destroy());
      asked.on('error', reject).end();
    });
  } finally {
    for (const step of end) step();
  }
}

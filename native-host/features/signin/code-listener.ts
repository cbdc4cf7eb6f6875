import { createServer, type ServerResponse } from 'node:http';
import { LOOPBACK_HOST } from '../../../shared/aws/hosts.ts';
import { type CodeReply, readReply } from '../../../shared/oidc/code-flow.ts';
import { redirectTo } from '../../../shared/oidc/redirect.ts';

export interface CodeListener {
  readonly redirectUri: string;
  /** The answer to this very request. Rejects with the signal's reason when it is aborted. */
  readonly reply: Promise<CodeReply>;
  close(): void;
}

/**
 * Waits for the answer of an authorization request on a port of 127.0.0.1 (RFC 8252 §7.3). `state` is looked at before the
 * code, and `mayTell` gets the two ports of the connection before either: what anybody else brings changes nothing. Throws
 * when there is no port.
 */
export async function listenForCode(
  state: string,
  mayTell: (connection: { port: number; peerPort: number }) => Promise<boolean>,
  signal: AbortSignal,
): Promise<CodeListener> {
  let settle: (reply: CodeReply) => void = () => {};
  const reply = new Promise<CodeReply>((resolve, reject) => {
    settle = resolve;
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // Nobody may be waiting yet.
  reply.catch(() => {});
  let redirectUri = '';
  const server = createServer(async ({ url, method, socket }, response) => {
    const { localPort: port = 0, remotePort: peerPort = 0 } = socket;
    const read =
      method === 'GET' ? readReply(`${new URL(redirectUri).origin}${url}`, { redirectUri, state }) : null;
    if (read === null || !(await mayTell({ port, peerPort })))
      return tell(response, 404, 'Nothing is waiting here.');
    tell(response, 200, 'Done. You can close this tab and go back to the terminal.');
    settle(read);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK_HOST, resolve);
  });
  const address = server.address();
  redirectUri = redirectTo(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    redirectUri,
    reply,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function tell(response: ServerResponse, status: number, words: string): void {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    Connection: 'close',
  };
  response.writeHead(status, headers).end(`<!doctype html><title>awsher</title><p>${words}</p>`);
}

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

export interface HandOver {
  /** An address without secrets, for a command line that everybody on the machine can see. */
  readonly url: string;
  /** True when a browser of this user came for it, false after the deadline. */
  readonly taken: Promise<boolean>;
  close(): void;
}

/**
 * Hands a secret address to the browser without putting it on a command line: a server on 127.0.0.1 that sends the first
 * caller of one random address there, and then is gone. Everybody on the machine can read the random address in the list
 * of processes, so whoever calls is looked at first: `mayTake` gets the two ports of the connection, and anybody whom it
 * refuses is told nothing and uses nothing up.
 */
export async function handOver(
  secretAddress: string,
  deadlineMs: number,
  mayTake: (connection: { port: number; peerPort: number }) => Promise<boolean>,
): Promise<HandOver> {
  const path = `/${randomBytes(24).toString('base64url')}`;
  let settle: (taken: boolean) => void = () => {};
  const taken = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  let given = false;
  const server = createServer(async ({ url, method, socket }, response) => {
    const { localPort: port = 0, remotePort: peerPort = 0 } = socket;
    const ours = url === path && method === 'GET' && (await mayTake({ port, peerPort }));
    if (!ours || given) {
      response.writeHead(404, { Connection: 'close' }).end();
      return;
    }
    given = true;
    const headers = {
      Location: secretAddress,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    };
    response.writeHead(302, { ...headers, Connection: 'close' }).end(() => settle(true));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const timer = setTimeout(() => settle(false), deadlineMs);
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}${path}`,
    taken,
    close() {
      clearTimeout(timer);
      settle(given);
      server.close();
      server.closeAllConnections();
    },
  };
}

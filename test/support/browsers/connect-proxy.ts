import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { HOST_PATTERNS } from '../identity-center/hosts.ts';
import { listenOnLoopback } from '../loopback.ts';

export interface ConnectProxy {
  readonly port: number;
  /** Hosts that were asked for and refused, in order. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

const KNOWN = HOST_PATTERNS.map((pattern) => new RegExp(`^.+${pattern.slice(1).replaceAll('.', '\\.')}$`));

/** For a browser without host mapping: tunnels to AWS's host names end at the test server, all others are refused. */
export async function startConnectProxy(targetPort: number): Promise<ConnectProxy> {
  const refused: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(502).end());
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    const host = (request.url ?? '').replace(/:\d+$/, '');
    if (!KNOWN.some((pattern) => pattern.test(host))) {
      refused.push(host);
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
    }
  });
  const port = await listenOnLoopback(server);
  return {
    port,
    refused,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

import { createServer, type Server, type Socket } from 'node:net';
import { listenOnLoopback } from '../../support/loopback.ts';

export interface BadServer {
  readonly port: number;
  readonly url: string;
  /** Connections that were made so far. */
  connections(): number;
  close(): void;
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** How a server can fail to come to an end, once it has heard the beginning of a request. */
export const BEHAVIORS = {
  silent: () => {},
  'half body': (socket: Socket) => void socket.write(`${HEAD}Content-Length: 400\r\n\r\n{"accountList":[`),
  'slow body': (socket: Socket) => {
    socket.write(`${HEAD}Content-Length: 4000\r\n\r\n{`);
    every(socket, 200, () => socket.write(' '));
  },
  'slow headers': (socket: Socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    every(socket, 200, () => socket.write('X-More: y\r\n'));
  },
  'no JSON': (socket: Socket) => void socket.end(`${HEAD}Content-Length: 3\r\n\r\n[[[`),
  'endless body': (socket: Socket) => {
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const fill = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('drain', fill);
    fill();
  },
} as const;

function every(socket: Socket, milliseconds: number, work: () => void): void {
  const timer = setInterval(work, milliseconds);
  socket.once('close', () => clearInterval(timer));
}

/** A real server on loopback that behaves badly. Also a proxy that never answers CONNECT (`silent`). */
export async function badServer(behavior: keyof typeof BEHAVIORS): Promise<BadServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => BEHAVIORS[behavior](socket));
    socket.on('data', () => {});
  });
  const port = await listenOnLoopback(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    connections: () => count,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

import { createServer } from 'node:net';
import { HELLO, startHost } from '../native-host/programs/host/real-host.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { preparedHome } from './home.ts';
import { median, type Row } from './measure.ts';

const ROUNDS = 21;

/** The host's answer to who listens on a port, over its pipes, once it has answered before. */
export async function listenerAnswer(): Promise<Row[]> {
  if (process.platform !== 'linux') return [];
  const home = preparedHome();
  const server = createServer();
  const port = await listenOnLoopback(server);
  const host = startHost({ home: home.path });
  try {
    await host.extension.call('hello', HELLO);
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const began = performance.now();
      const { listener } = await host.extension.call('listener.who', { port });
      if (listener?.asker.pid !== process.pid) throw new Error(JSON.stringify(listener));
      times.push(performance.now() - began);
    }
    const [first = Number.NaN, ...warm] = times;
    return [
      {
        what: 'who listens on a port → answer of the host, warm',
        figure: `${median(warm).toFixed(1)} ms (longest ${Math.max(...warm).toFixed(1)}, first ${first.toFixed(1)})`,
        bar: '≤ 50 ms',
        holds: median(warm) <= 50,
      },
    ];
  } finally {
    host.closeStdin();
    await host.ended;
    server.close();
    home.remove();
  }
}

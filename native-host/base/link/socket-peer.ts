import type { Socket } from 'node:net';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { createPeer, type Handlers, type Peer, type Surface } from '../../../shared/protocol/peer.ts';
import { startTimer } from '../platform/timers.ts';
import { encodeLine, lineReader } from './lines.ts';

/** A peer over a connected local socket. The link ends with the socket; `onClosed` is told once. */
export function socketPeer<Local extends Surface, Remote extends Surface>(
  socket: Socket,
  local: Local,
  remote: Remote,
  handlers: Handlers<Local>,
  onClosed: () => void = () => {},
): Peer<Remote> {
  const peer = createPeer<Local, Remote>(remote, {
    local,
    handlers,
    send: (message) => {
      socket.write(encodeLine(message));
    },
    startTimer,
  });
  socket.on(
    'data',
    lineReader(peer.receive, () => socket.destroy()),
  );
  // An error is always followed by 'close'; without a listener it would end the process.
  socket.on('error', () => {});
  socket.once('close', () => {
    peer.close(
      new AwsherError('BROWSER_LOST', 'The connection to the browser was lost.', {
        hint: 'run `awsher login` again',
      }),
    );
    onClosed();
  });
  return peer;
}

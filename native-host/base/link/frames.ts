import { MAX_MESSAGE_BYTES } from '../../../shared/limits.ts';

/**
 * Native messaging frames: a 32-bit length in the byte order of the machine, then that many bytes of UTF-8 JSON
 * (Chrome documentation, "Native messaging protocol"). Every platform with such a browser is little-endian.
 */
export function encodeFrame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  if (body.length > MAX_MESSAGE_BYTES) throw new RangeError('the message is larger than a frame may be');
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeUInt32LE(body.length, 0);
  body.copy(frame, 4);
  return frame;
}

const HEADER_BYTES = 4;
/** Browsers may send more than we do, but nothing of ours is longer than this. */
const MAX_INCOMING_BYTES = MAX_MESSAGE_BYTES;

/**
 * Puts frames together from whatever pieces arrive. `onMessage` gets parsed JSON; `onBroken` is called once, when the
 * stream can not be trusted any more (too long, not JSON), and nothing is read after it.
 */
export function frameReader(
  onMessage: (message: unknown) => void,
  onBroken: () => void,
): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let have = 0;
  /** Bytes that the next step needs: a length, then the frame. Pieces are put together only when all of them are there. */
  let need = HEADER_BYTES;
  let broken = false;
  const giveUp = () => {
    broken = true;
    pieces = [];
    onBroken();
  };
  return (chunk) => {
    if (broken) return;
    pieces.push(chunk);
    have += chunk.length;
    while (have >= need) {
      const buffer = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, have);
      pieces = [buffer];
      const end = HEADER_BYTES + buffer.readUInt32LE(0);
      if (end > HEADER_BYTES + MAX_INCOMING_BYTES) return giveUp();
      if (have < end) {
        need = end;
        return;
      }
      const body = buffer.toString('utf8', HEADER_BYTES, end);
      const rest = buffer.subarray(end);
      pieces = rest.length > 0 ? [rest] : [];
      have = rest.length;
      need = HEADER_BYTES;
      let message: unknown;
      try {
        message = JSON.parse(body);
      } catch {
        return giveUp();
      }
      onMessage(message);
    }
  };
}

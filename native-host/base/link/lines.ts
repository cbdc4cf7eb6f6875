import { MAX_MESSAGE_BYTES } from '../../../shared/limits.ts';

/** One JSON object a line, for the local socket. JSON.stringify writes no newline, so a line is a message. */
export function encodeLine(message: object): string {
  const line = JSON.stringify(message);
  if (Buffer.byteLength(line) > MAX_MESSAGE_BYTES)
    throw new RangeError('the message is larger than a line may be');
  return `${line}\n`;
}

/** Puts lines together; `onBroken` is called once when a line is too long or not JSON. */
export function lineReader(
  onMessage: (message: unknown) => void,
  onBroken: () => void,
): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let have = 0;
  let broken = false;
  const giveUp = () => {
    broken = true;
    pieces = [];
    onBroken();
  };
  return (chunk) => {
    if (broken) return;
    let rest = chunk;
    for (let cut = rest.indexOf(10); cut >= 0; cut = rest.indexOf(10)) {
      if (have + cut > MAX_MESSAGE_BYTES) return giveUp();
      const line = Buffer.concat([...pieces, rest.subarray(0, cut)]);
      pieces = [];
      have = 0;
      rest = rest.subarray(cut + 1);
      let message: unknown;
      try {
        message = JSON.parse(line.toString('utf8'));
      } catch {
        return giveUp();
      }
      onMessage(message);
      if (broken) return;
    }
    have += rest.length;
    if (have > MAX_MESSAGE_BYTES) return giveUp();
    if (rest.length > 0) pieces.push(rest);
  };
}

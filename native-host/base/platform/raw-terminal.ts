/** The terminal, key by key. It is as before once `close` was called. */
export interface RawTerminal {
  onInput(heard: (text: string) => void): void;
  onResize(changed: () => void): void;
  /** To stderr: stdout carries the answer. */
  write(text: string): void;
  rows(): number;
  close(): void;
}

/** Takes the terminal of stdin into raw mode: no echo, no lines, and Ctrl-C is a key. */
export function rawTerminal(): RawTerminal {
  const { stdin, stderr } = process;
  const stops: (() => void)[] = [];
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  // Even when something throws past us, the person gets a terminal that works.
  const restore = () => stdin.setRawMode(false);
  process.once('exit', restore);
  return {
    onInput(heard) {
      const listen = (text: string | Buffer) => heard(String(text));
      stdin.on('data', listen);
      stdin.resume();
      stops.push(() => stdin.off('data', listen));
    },
    onResize(changed) {
      stderr.on('resize', changed);
      stops.push(() => stderr.off('resize', changed));
    },
    write: (text) => {
      stderr.write(text);
    },
    rows: () => stderr.rows || 24,
    close() {
      for (const stop of stops.splice(0)) stop();
      restore();
      process.off('exit', restore);
      stdin.pause();
    },
  };
}

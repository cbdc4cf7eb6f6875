const CTRL_C = '\u0003';

/**
 * Hears one key of the terminal, without Enter, until the returned function is called. Ctrl-C stays what it is. Nothing on what is
 * no terminal.
 */
export function onKey(key: string, pressed: () => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  const hear = (typed: Buffer): void => {
    const text = typed.toString('latin1').toLowerCase();
    if (text.includes(CTRL_C)) process.kill(process.pid, 'SIGINT');
    else if (text.includes(key)) pressed();
  };
  stdin.setRawMode(true);
  stdin.on('data', hear);
  stdin.resume();
  return () => {
    stdin.off('data', hear);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

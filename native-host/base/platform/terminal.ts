/** Where a prompt reads and writes: never stdout, which carries the answer. */
export function terminalStreams(): { input: NodeJS.ReadStream; output: NodeJS.WriteStream } {
  const { stdin: input, stderr: output } = process;
  // Some terminals tell no size (containers, a bare pty): every letter would stand on a line of its own.
  if (output.columns === 0) Object.assign(output, { columns: 80 });
  if (output.rows === 0) Object.assign(output, { rows: 24 });
  return { input, output };
}

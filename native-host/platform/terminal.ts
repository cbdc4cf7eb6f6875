/** Where a prompt reads and writes: never stdout, which carries the answer. */
export function terminalStreams(): { input: NodeJS.ReadStream; output: NodeJS.WriteStream } {
  return { input: process.stdin, output: process.stderr };
}

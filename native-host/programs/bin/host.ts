// The program that the browser starts. stdout belongs to the browser: everything that prints is turned to stderr before
// anything else runs. The host itself is a file of its own, so that it can start from V8's code cache.
import { loadLane } from '../../base/platform/code-cache.ts';

/** Put in by the build: changes with the host's source. */
declare const __HOST__: string;

const write = process.stdout.write.bind(process.stdout);
// Looked up when something prints: stderr is a stream that a host which says nothing never opens.
Object.defineProperty(process.stdout, 'write', {
  value: (...args: unknown[]) => Reflect.apply(process.stderr.write, process.stderr, args),
});

const exports = loadLane(
  { folder: __dirname, name: 'host-main', id: __HOST__, node: process.version },
  require,
);
const { runHost } = exports;
if (typeof runHost !== 'function') throw new Error('the host is incomplete: run `awsher install`');
runHost(process.argv.slice(2), { input: process.stdin, write: (frame: Buffer) => void write(frame) });

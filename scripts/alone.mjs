// Runs a program as the child of nobody who is still there. A coding agent that types `npm test` would otherwise stand above
// every command of the tests, and awsher asks the person about a sign-in that an agent types.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** Starts the program and ends. */
const LEAVE = `const { spawn } = require('node:child_process');
spawn(process.execPath, ['-e', ...process.argv.slice(1)], { stdio: [0, 1, 2, 3] }).unref();`;
/** Says the program's pid on the pipe, and at its end its exit code. */
const STAY = `const { spawn } = require('node:child_process');
const { writeSync } = require('node:fs');
const child = spawn(process.execPath, process.argv.slice(1), { stdio: [0, 1, 2] });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
writeSync(3, child.pid + '\\n');
child.on('exit', (code) => writeSync(3, (code ?? 1) + '\\n'));`;

/** Runs Node with these arguments, and passes signals on. Resolves with the exit code. */
export async function runAlone(args, options) {
  const leaving = spawn(process.execPath, ['-e', LEAVE, STAY, ...args], {
    ...options,
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  });
  const said = [];
  const pass = (signal) => {
    if (said.length === 1) process.kill(said[0], signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  const pipe = leaving.stdio[3];
  if (!(pipe instanceof Readable)) throw new Error('the program has no pipe');
  for await (const line of createInterface({ input: pipe })) said.push(Number(line));
  return said[1] ?? 1;
}

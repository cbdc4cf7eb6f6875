import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { atEndOfFile } from '../end-of-file.ts';

// needs: awscli python3-boto3

const PYTHON = '/usr/bin/python3';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Client = 'AWS CLI' | 'boto3';
type Ask = (args: readonly string[], env: Record<string, string>) => Promise<Said>;

/** Runs the AWS CLI of /usr/bin to its end, in a process of its own that has it loaded already. */
export const runAwsCli: Ask = (args, env) => clientOf('AWS CLI')(args, env);

/** The key of a profile, or of none, as boto3 gets it: JSON with `AccessKeyId`. */
export const runBoto3 = (profile: string | undefined, env: Record<string, string>): Promise<Said> =>
  clientOf('boto3')(profile === undefined ? [] : [profile], env);

const running = new Map<Client, Ask>();

function clientOf(client: Client): Ask {
  const known = running.get(client) ?? start(client);
  running.set(client, known);
  return known;
}

/** One Python for all runs of a test file, one after the other (aws-clients.py). */
function start(client: Client): Ask {
  const folder = mkdtempSync(join(tmpdir(), 'awsher-clients-'));
  const child = spawn(PYTHON, [join(import.meta.dirname, 'aws-clients.py'), client, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const waiting: ((line: string | undefined) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  void ended.then(() => {
    for (const answer of waiting.splice(0)) answer(undefined);
  });
  atEndOfFile(async () => {
    running.delete(client);
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  return (args, env) =>
    new Promise((resolve, reject) => {
      waiting.push((line) =>
        line === undefined ? reject(new Error(`${client} ended`)) : resolve(JSON.parse(line)),
      );
      child.stdin.write(`${JSON.stringify({ args, env })}\n`);
    });
}

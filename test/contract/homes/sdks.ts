import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../support/root.ts';
import { realClients } from '../clients/index.ts';

// needs: ruby-aws-sdk-core

/** One home as an SDK is asked about it. */
export interface AskedHome {
  readonly env: Record<string, string>;
  readonly profile: string | undefined;
}

/** An SDK that this machine may have. */
export interface RealSdk {
  /** As `explain` names it. */
  readonly name: string;
  /** As the SDK itself says it; undefined when it is not installed. */
  readonly version: string | undefined;
  /** The id of the key that it gets in each home, or `error`. */
  ask(homes: readonly AskedHome[]): Promise<string[]>;
}

const HOMES = join(ROOT, 'test/contract/homes');
const PYTHON = '/usr/bin/python3';
const RUBY = '/usr/bin/ruby';

/** The SDKs whose decisions are compared with what `explain` says of them. */
export function realSdks(): RealSdk[] {
  const clients = realClients();
  const versionOf = (name: string) => clients.find((client) => client.name === name)?.version;
  return [
    {
      name: 'JavaScript',
      version: versionOf('AWS SDK for JavaScript v3'),
      ask: (homes) => answers(process.execPath, 'ask-javascript.mjs', homes),
    },
    { name: 'boto3', version: versionOf('boto3'), ask: (homes) => answers(PYTHON, 'ask-boto3.py', homes) },
    {
      name: 'Go',
      version: versionOf('AWS SDK for Go v2'),
      ask: async (homes) => {
        const go = clients.find(({ name }) => name === 'AWS SDK for Go v2');
        const found: string[] = [];
        for (const { env, profile } of homes) {
          const asked = go?.credentials({ AWS_REGION: 'us-east-1', ...env }, profile ?? '');
          found.push((await asked?.catch(() => undefined)) ?? 'error');
        }
        return found;
      },
    },
    { name: 'Ruby', version: rubyVersion(), ask: (homes) => answers(RUBY, 'ask-ruby.rb', homes) },
  ];
}

function rubyVersion(): string | undefined {
  const { status, stdout } = spawnSync(RUBY, ['-e', "require 'aws-sdk-core'; print Aws::CORE_GEM_VERSION"], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout : undefined;
}

async function answers(program: string, script: string, homes: readonly AskedHome[]): Promise<string[]> {
  const child = spawn(program, [join(HOMES, script)], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(homes));
  let answer = '';
  for await (const piece of child.stdout.setEncoding('utf8')) answer += String(piece);
  return JSON.parse(answer);
}

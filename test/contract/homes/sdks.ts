import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { awsOwn } from '../../support/clients/run.ts';
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

/** One run of the AWS CLI. */
export interface AskedCli {
  readonly env: Record<string, string>;
  readonly args: readonly string[];
}

/** What the AWS CLI of /usr/bin says in many homes, one after the other. `folder`: for what it needs meanwhile. */
export async function askAwsCli(
  folder: string,
  asked: readonly AskedCli[],
): Promise<{ code: number; stdout: string }[]> {
  const given = asked.map(({ env, args }) => ({ env: awsOwn(env), args }));
  return JSON.parse(await answer(PYTHON, [join(HOMES, 'ask-aws-cli.py'), folder], given));
}

const answers = async (program: string, script: string, homes: readonly AskedHome[]): Promise<string[]> =>
  JSON.parse(await answer(program, [join(HOMES, script)], homes));

async function answer(program: string, args: readonly string[], asked: unknown): Promise<string> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(asked));
  let said = '';
  for await (const piece of child.stdout.setEncoding('utf8')) said += String(piece);
  return said;
}

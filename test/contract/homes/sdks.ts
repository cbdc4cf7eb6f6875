import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runBoto3 } from '../../support/clients/aws-clients.ts';
import { ROOT } from '../../support/root.ts';
import { keyIn, realClients } from '../clients/index.ts';

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
    {
      name: 'boto3',
      version: versionOf('boto3'),
      ask: (homes) => inTurn(homes, async ({ env, profile }) => keyIn((await runBoto3(profile, env)).stdout)),
    },
    {
      name: 'Go',
      version: versionOf('AWS SDK for Go v2'),
      ask: (homes) => {
        const go = clients.find(({ name }) => name === 'AWS SDK for Go v2');
        return inTurn(homes, ({ env, profile }) =>
          go?.credentials({ AWS_REGION: 'us-east-1', ...env }, profile ?? ''),
        );
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

async function inTurn(
  homes: readonly AskedHome[],
  key: (home: AskedHome) => Promise<string> | undefined,
): Promise<string[]> {
  const found: string[] = [];
  for (const home of homes) found.push((await key(home)?.catch(() => undefined)) ?? 'error');
  return found;
}

const answers = async (program: string, script: string, homes: readonly AskedHome[]): Promise<string[]> =>
  JSON.parse(await answer(program, join(HOMES, script), homes));

async function answer(program: string, script: string, asked: unknown): Promise<string> {
  const child = spawn(program, [script], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(asked));
  let said = '';
  for await (const piece of child.stdout.setEncoding('utf8')) said += String(piece);
  return said;
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { COMMAND } from '../support/awsher.ts';
import { ROOT } from '../support/root.ts';
import { preparedHome } from './home.ts';
import { hostToHello, median, quietEnv, type Row, timeProcesses } from './measure.ts';

const ROUNDS = 40;

/** What a terminal command and the host cost to start, against a bare Node of the same minute. */
export async function startUp(): Promise<Row[]> {
  const home = preparedHome();
  const env = quietEnv(home.path);
  const awsher = (...args: string[]) => ({ command: process.execPath, args: [COMMAND, ...args], env });
  const node = { command: process.execPath, args: ['-e', '0'], env };
  try {
    const times = timeProcesses(
      {
        node,
        version: awsher('--version'),
        status: awsher('status'),
        prompt: { ...awsher('prompt'), env: { ...env, AWS_PROFILE: 'bench' } },
        cached: awsher('credential-process', '--profile', 'bench'),
        saml: awsher('credential-process', '--saml', 'bench', '--profile', 'bench-saml'),
        login: awsher('login', 'bench'),
        open: {
          ...awsher('open-url', 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH'),
          env: { ...env, BROWSER: 'true' },
        },
      },
      ROUNDS,
    );
    const origin = `chrome-extension://${ids.chromium[0]}/`;
    const hello: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < 25; round++) {
      hello.push(await hostToHello(join(ROOT, 'dist/host/awsher-host.js'), origin, env));
      bare.push(timeProcesses({ node }, 1).node);
    }
    const rows: Row[] = [
      ratio('awsher --version', times.version, times.node, 1.3),
      ratio('awsher status', times.status, times.node, 1.3),
      ratio('awsher prompt', times.prompt, times.node, 1.3),
      ratio('awsher credential-process, cached', times.cached, times.node, 1.3),
      ratio('awsher credential-process --saml', times.saml, times.node, 1.3),
      ratio('host start → hello answered', median(hello), median(bare), 1.5),
      { what: 'awsher open-url', figure: `${times.open.toFixed(0)} ms`, bar: '-', holds: null },
      { what: 'awsher login, token cached', figure: `${times.login.toFixed(0)} ms`, bar: '-', holds: null },
    ];
    const aws = ['/usr/bin/aws', '/usr/local/bin/aws'].find((path) => existsSync(path));
    if (aws) {
      const cli = timeProcesses(
        {
          aws: { command: aws, args: ['configure', 'export-credentials', '--profile', 'bench'], env },
          cached: awsher('credential-process', '--profile', 'bench'),
        },
        5,
      );
      rows.push({
        what: 'aws configure export-credentials, cached, against ours',
        figure: `${(cli.aws / cli.cached).toFixed(1)} × (${cli.aws.toFixed(0)} ms)`,
        bar: '-',
        holds: null,
      });
    }
    return rows;
  } finally {
    home.remove();
  }
}

function ratio(what: string, time: number, node: number, bar: number): Row {
  const times = time / node;
  return {
    what,
    figure: `${times.toFixed(2)} × node -e 0 (${time.toFixed(0)} ms, node ${node.toFixed(0)} ms)`,
    bar: `≤ ${bar} ×`,
    holds: times <= bar,
  };
}

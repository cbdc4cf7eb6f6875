import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND } from '../support/awsher.ts';
import { preparedHome } from './home.ts';
import { quietEnv, type Row, timeProcesses } from './measure.ts';

const AWS = '/usr/bin/aws';
const PROFILE = ['--profile', 'bench'];
/** Everything that needs one profile, or one session, and asks AWS nothing. */
const COMMANDS = {
  status: ['status'],
  'credential-process': ['credential-process', ...PROFILE],
  export: ['export', ...PROFILE, '--format', 'env'],
  exec: ['exec', ...PROFILE, '--', 'true'],
  explain: ['explain', 'bench'],
  use: ['use', 'bench'],
  login: ['login', 'bench'],
} as const;

/** Commands over a config of many profiles, held against the time in which the AWS CLI reads the same file. */
export async function bigHome(): Promise<Row[]> {
  if (!existsSync(AWS)) return [];
  return [10_000, 50_000].map(row);
}

function row(profiles: number): Row {
  const home = preparedHome();
  try {
    const config = join(home.path, '.aws/config');
    const more = Array.from(
      { length: profiles },
      (_, at) =>
        `\n[profile p${at}]\nsso_session = bench\nsso_account_id = ${100_000_000_000 + at}\nsso_role_name = Admin\nregion = eu-west-1\n`,
    );
    writeFileSync(config, readFileSync(config, 'utf8') + more.join(''));
    const env = quietEnv(home.path);
    const ours = Object.entries(COMMANDS).map(
      ([name, args]) => [name, { command: process.execPath, args: [COMMAND, ...args], env }] as const,
    );
    const aws = { command: AWS, args: ['configure', 'list-profiles'], env };
    const times = timeProcesses<string>({ aws, ...Object.fromEntries(ours) }, 5);
    const { aws: theirs = Number.NaN, ...all } = times;
    const [quickest] = Object.values(all).sort((one, other) => one - other);
    const [name, slowest] = Object.entries(all).sort(([, one], [, other]) => other - one)[0] ?? [
      '',
      Number.NaN,
    ];
    const part = (ms = Number.NaN) => (ms / theirs).toFixed(2);
    return {
      what: `${profiles.toLocaleString('en')} profiles, over \`aws configure list-profiles\``,
      figure: `${part(quickest)}–${part(slowest)} × (${name} ${slowest.toFixed(0)} ms, aws ${theirs.toFixed(0)} ms)`,
      bar: '≤ 0.5 × each',
      holds: slowest <= theirs / 2,
    };
  } finally {
    home.remove();
  }
}

import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../test/support/root.ts';
import { writeEndpointRules } from './aws-models.ts';
import type { Terminal } from './terminal.ts';

/** A program that anybody uses with AWS, and that knows nothing of awsher. */
export interface AwsClient {
  /** As `AWS CLI 2.9.19`. */
  readonly name: string;
  /** Where it was found. */
  readonly place: string;
  /** The ARN that GetCallerIdentity answers through a profile. The command and its output are shown. */
  callerArn(profile: string): Promise<string>;
}

interface Found {
  readonly path: string;
  readonly major: number;
  readonly minor: number;
  readonly version: string;
  /** Whether it reads AWS_ENDPOINT_URL_…: AWS CLI 2.13, botocore 1.31. */
  readonly readsEndpoints: boolean;
}

/** AWS CLI v2 if there is one, else a v1 that is new enough, else the AWS SDK for JavaScript. */
export async function findAwsClient(terminal: Terminal, home: string, url: string): Promise<AwsClient> {
  const found = (await Promise.all(placesOfAws().map((path) => look(terminal, path)))).filter(
    (one) => one !== null,
  );
  const cli = found.find(({ major }) => major >= 2) ?? found.find(({ readsEndpoints }) => readsEndpoints);
  if (cli === undefined) return sdkForJavaScript(terminal);
  if (!cli.readsEndpoints) await writeEndpointRules(home, url);
  return {
    name: `AWS CLI ${cli.version}`,
    place: cli.path,
    async callerArn(profile) {
      const args = ['sts', 'get-caller-identity', '--profile', profile, '--query', 'Arn', '--output', 'text'];
      const answer = await terminal.run(cli.path, args, {
        shown: `aws ${args.join(' ')}`,
        env: { AWS_PAGER: '' },
      });
      return answer.trim();
    },
  };
}

function placesOfAws(): string[] {
  const name = process.platform === 'win32' ? 'aws.exe' : 'aws';
  const places = new Map<string, string>();
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder === '' || !existsSync(path)) continue;
    const real = realpathSync(path);
    if (!places.has(real)) places.set(real, path);
  }
  return [...places.values()];
}

async function look(terminal: Terminal, path: string): Promise<Found | null> {
  // One that does not even start is no client; the next one may be.
  const text = await terminal.run(path, ['--version']).catch(() => '');
  const [, version = '', major = '', minor = ''] = /^aws-cli\/((\d+)\.(\d+)\.\S+)/.exec(text) ?? [];
  if (version === '') return null;
  const [, core = '0'] = /botocore\/1\.(\d+)/.exec(text) ?? [];
  const isV2 = Number(major) >= 2;
  const readsEndpoints = isV2 ? Number(major) > 2 || Number(minor) >= 13 : Number(core) >= 31;
  return { path, version, major: Number(major), minor: Number(minor), readsEndpoints };
}

async function sdkForJavaScript(terminal: Terminal): Promise<AwsClient> {
  const { default: about } = await import('@aws-sdk/client-sts/package.json', { with: { type: 'json' } });
  return {
    name: `AWS SDK for JavaScript ${about.version}`,
    place: 'node_modules/@aws-sdk',
    async callerArn(profile) {
      const answer = await terminal.run(
        process.execPath,
        [join(ROOT, 'scripts', 'demo', 'caller-identity.mjs')],
        {
          shown: `AWS_PROFILE=${profile} node caller-identity.mjs`,
          env: { AWS_PROFILE: profile, NODE_NO_WARNINGS: '1' },
        },
      );
      return answer.trim();
    },
  };
}

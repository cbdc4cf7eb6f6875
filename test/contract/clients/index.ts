import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runAwsCli, runBoto3, type Said } from '../../support/clients/aws-clients.ts';
import { ROOT } from '../../support/root.ts';

// needs: golang-go golang-github-aws-aws-sdk-go-v2-dev

/** How a real client is asked. What it prints on stdout is JSON. */
export interface RealClient {
  readonly name: string;
  /** As the client itself says it; undefined when it is not installed. */
  readonly version: string | undefined;
  /** The access key id that the client gets for a profile. */
  credentials(env: Record<string, string>, profile: string): Promise<string>;
  /** Makes the client renew the token of the profile's session. */
  refresh(env: Record<string, string>, profile: string, tokenFile: string): Promise<void>;
  /** Which form of profile it can use. The Go SDK of Debian 12 knows no sso-session. */
  readonly forms: readonly ('session' | 'legacy')[];
}

const PYTHON = '/usr/bin/python3';
const GO = '/usr/bin/go';
const JS_SCRIPT =
  "import { fromSSO } from '@aws-sdk/credential-providers';" +
  'const { accessKeyId } = await fromSSO({ profile: process.argv[1] })();' +
  'console.log(JSON.stringify({ AccessKeyId: accessKeyId }));';

let known: readonly RealClient[] | undefined;

/** Every client that this machine may have. Installed by `npm test` on Debian. */
export function realClients(): readonly RealClient[] {
  known ??= [awsCli(), boto3(), javascript(), go()];
  return known;
}

function awsCli(): RealClient {
  const ask = (env: Record<string, string>, profile: string) =>
    keyOf(runAwsCli(['configure', 'export-credentials', '--profile', profile, '--format', 'process'], env));
  return {
    name: 'AWS CLI v2',
    version: /^2.*/.exec(said(PYTHON, ['-c', 'import awscli;print(awscli.__version__)'])?.trim() ?? '')?.[0],
    credentials: ask,
    refresh: async (env, profile) => void (await ask(env, profile)),
    forms: ['session', 'legacy'],
  };
}

function boto3(): RealClient {
  const script =
    'from importlib.metadata import version as v;print(v("boto3")+" (botocore "+v("botocore")+")")';
  const ask = (env: Record<string, string>, profile: string) => keyOf(runBoto3(profile, env));
  return {
    name: 'boto3',
    version: said(PYTHON, ['-c', script])?.trim(),
    credentials: ask,
    refresh: async (env, profile) => void (await ask(env, profile)),
    forms: ['session', 'legacy'],
  };
}

function javascript(): RealClient {
  const script = "console.log(require('@aws-sdk/credential-providers/package.json').version)";
  const args = (profile: string) => ['--input-type=module', '-e', JS_SCRIPT, profile];
  const ask = (env: Record<string, string>, profile: string) =>
    run(process.execPath, args(profile), env, ROOT).then(keyIn);
  return {
    name: 'AWS SDK for JavaScript v3',
    version: said(process.execPath, ['-e', script], ROOT)?.trim(),
    credentials: ask,
    refresh: async (env, profile) => void (await ask(env, profile)),
    forms: ['session', 'legacy'],
  };
}

let goProgram: string | undefined;

function go(): RealClient {
  const version = said('dpkg-query', ['-W', '-f', '${Version}', 'golang-github-aws-aws-sdk-go-v2-dev']);
  const endpoint = (env: Record<string, string>) => ({
    ...env,
    AWS_ENDPOINT_URL: env.AWS_ENDPOINT_URL_SSO ?? '',
  });
  return {
    name: 'AWS SDK for Go v2',
    version: said(GO, ['version']) === undefined ? undefined : version,
    credentials: async (env, profile) =>
      keyIn(await run(await builtGo(), ['credentials', profile], endpoint(env))),
    refresh: async (env, _profile, file) =>
      void (await run(await builtGo(), ['refresh', file], endpoint(env))),
    forms: ['legacy'],
  };
}

/** Compiled once, from Debian's packages alone; the compiler's own cache outlives the test, in a folder that git ignores. */
async function builtGo(): Promise<string> {
  const folder = join(ROOT, '.tmp', 'contract-go');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'client');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOCACHE: join(folder, 'cache'),
    GOFLAGS: '',
  };
  if (goProgram === undefined)
    await run(GO, ['build', '-o', program, join(import.meta.dirname, 'main.go')], env);
  goProgram = program;
  return program;
}

async function keyOf(said: Promise<Said>): Promise<string> {
  const { code, stdout, stderr } = await said;
  if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}`);
  return keyIn(stdout);
}

export async function keyIn(output: string): Promise<string> {
  const value: unknown = JSON.parse(output);
  if (typeof value === 'object' && value !== null && 'AccessKeyId' in value) return String(value.AccessKeyId);
  throw new Error('no AccessKeyId');
}

function said(program: string, args: readonly string[], cwd?: string): string | undefined {
  const { status, stdout } = spawnSync(program, [...args], {
    encoding: 'utf8',
    ...(cwd === undefined ? {} : { cwd }),
  });
  return status === 0 ? stdout : undefined;
}

/** Runs a program to its end and gives its stdout. Rejects with its stderr when it fails. */
function run(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { env, ...(cwd === undefined ? {} : { cwd }) });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(stdout) : reject(new Error(`${program} ended with ${code}: ${stderr}`)),
    );
  });
}

import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import { readText } from '../../base/files/read-file.ts';
import { fieldsOf, parseJson, textField } from '../../base/formats/json.ts';
import { parseTimestamp } from '../../base/formats/token-dates.ts';
import { askOnce } from '../calls/ask-once.ts';
import type { Credentials } from '../roles/credentials.ts';

type Env = Readonly<Record<string, string | undefined>>;

const TIMEOUT_MS = 2_000;
const MOST_BYTES = 64 * 1024;
const CONTAINER_HOST = 'http://169.254.170.2';
const INSTANCE_HOST = 'http://169.254.169.254';
/** Only these may be asked without encryption (botocore/utils.py `ContainerMetadataFetcher._ALLOWED_HOSTS`). */
const PLAIN_HOSTS = ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]', 'localhost', '127.0.0.1', '[::1]'];

/** The role of an ECS task, an EKS pod or whatever else serves AWS_CONTAINER_CREDENTIALS_*. */
export async function containerCredentials(env: Env, signal?: AbortSignal): Promise<Credentials> {
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const address = relative ? `${CONTAINER_HOST}${relative}` : env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!address || !URL.canParse(address)) {
    throw failed(
      'There is no container role here: AWS_CONTAINER_CREDENTIALS_FULL_URI is not set to an address.',
    );
  }
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && !PLAIN_HOSTS.includes(hostname)) {
    throw failed('AWS_CONTAINER_CREDENTIALS_FULL_URI uses http for a host that needs https.');
  }
  const token = containerToken(env);
  const text = await ask(address, token === undefined ? {} : { Authorization: token }, 'GET', signal);
  return parseMetadata(text);
}

/** The role of an EC2 instance, by version 2 of its metadata service. */
export async function instanceCredentials(env: Env, signal?: AbortSignal): Promise<Credentials> {
  if (env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true') {
    throw failed('AWS_EC2_METADATA_DISABLED forbids asking the instance for its role.');
  }
  const host = (env.AWS_EC2_METADATA_SERVICE_ENDPOINT || INSTANCE_HOST).replace(/\/$/, '');
  const path = '/latest/meta-data/iam/security-credentials/';
  const seconds = { 'X-aws-ec2-metadata-token-ttl-seconds': '300' };
  const token = await ask(`${host}/latest/api/token`, seconds, 'PUT', signal);
  const headers = { 'X-aws-ec2-metadata-token': token };
  const role = (await ask(`${host}${path}`, headers, 'GET', signal)).split('\n')[0] ?? '';
  return parseMetadata(await ask(`${host}${path}${encodeURIComponent(role)}`, headers, 'GET', signal));
}

/** The JSON that both services answer with. */
function parseMetadata(text: string): Credentials {
  const fields = fieldsOf(parseJson(text));
  const [id, secret, token, end, account] = [
    'AccessKeyId',
    'SecretAccessKey',
    'Token',
    'Expiration',
    'AccountId',
  ].map((name) => textField(fields, name));
  const expiresAt = end === undefined ? undefined : parseTimestamp(end);
  if (id === undefined || secret === undefined) throw failed('The metadata service returned no keys.');
  return {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    ...(token === undefined ? {} : { sessionToken: new Secret(token) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(account === undefined ? {} : { accountId: account }),
  };
}

function containerToken(env: Env): string | undefined {
  const file = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  if (!file) return env.AWS_CONTAINER_AUTHORIZATION_TOKEN || undefined;
  try {
    return readText(file).trim();
  } catch (cause) {
    throw new AwsherError('FILE_READ', `${file} could not be read.`, {
      hint: `look at \`ls -l "${file}"\``,
      cause,
    });
  }
}

async function ask(
  address: string,
  headers: Record<string, string>,
  method: 'GET' | 'PUT',
  signal: AbortSignal | undefined,
): Promise<string> {
  // Never through a proxy: the service is this machine's own.
  const limits = { deadlineMs: TIMEOUT_MS, mostBytes: MOST_BYTES };
  try {
    const { status, body, cut } = await askOnce(address, { env: {}, signal, method, headers, ...limits });
    if (status >= 200 && status < 300 && !cut) return body.toString('utf8');
  } catch {
    signal?.throwIfAborted();
  }
  throw failed('The metadata service does not answer, so this machine has no role of its own.');
}

function failed(sentence: string): AwsherError {
  return new AwsherError('PROFILE_UNUSABLE', sentence, {
    hint: 'use credential_source only on the machine that has the role, and source_profile everywhere else',
  });
}

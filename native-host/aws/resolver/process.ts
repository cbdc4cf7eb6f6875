import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import { fieldsOf, parseJson, textField } from '../../base/formats/json.ts';
import { parseTimestamp } from '../../base/formats/token-dates.ts';
import { captureProgram } from '../../base/platform/captured-program.ts';
import type { Credentials } from '../roles/credentials.ts';
import { splitCommand } from './split-command.ts';

export interface ProcessRequest {
  readonly profile: string;
  readonly command: string;
  readonly accountId?: string;
}

export interface ProcessDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly clock: { now(): number };
  /** As `ResolveDeps.mayAsk`. */
  readonly mayAsk?: boolean;
  readonly signal?: AbortSignal;
}

/** As long as the Go SDK waits: the program may ask a person for a touch of a key. */
const TIMEOUT_MS = 60_000;
/** For somebody who looks for their telephone. */
const ASKING_TIMEOUT_MS = 300_000;
/** Our own `credential-process` as the credential_process of its own profile would start itself for ever. */
const DEPTH = 'AWSHER_PROCESS_DEPTH';
const MAX_DEPTH = 4;

/** Runs a profile's `credential_process` and reads its answer. Throws PROCESS_FAILED. */
export async function processCredentials(deps: ProcessDeps, request: ProcessRequest): Promise<Credentials> {
  const depth = Number(deps.env[DEPTH] ?? 0) || 0;
  if (depth >= MAX_DEPTH) throw failed(request, 'keeps starting itself');
  const mayAsk = deps.mayAsk === true;
  const timeoutMs = mayAsk ? ASKING_TIMEOUT_MS : TIMEOUT_MS;
  const [program, ...args] = splitCommand(request.command, deps.platform);
  if (program === undefined) throw failed(request, 'is empty');
  const result = await captureProgram(program, args, {
    env: { ...deps.env, [DEPTH]: String(depth + 1) },
    timeoutMs,
    mayAsk,
    ...(deps.signal === undefined ? {} : { signal: deps.signal }),
  }).catch((cause: unknown) => {
    deps.signal?.throwIfAborted();
    throw failed(request, `could not be started (${program})`, cause, NO_SHELL);
  });
  if (result.late) throw failed(request, `did not finish within ${timeoutMs / 1000} seconds`);
  if (result.code === null) throw failed(request, 'was ended by a signal, or printed more than 1 MiB');
  if (result.code !== 0) throw failed(request, `ended with exit code ${result.code}`);
  const credentials = parseProcessOutput(request, result.stdout);
  if ((credentials.expiresAt ?? Number.POSITIVE_INFINITY) <= deps.clock.now())
    throw failed(request, 'printed credentials that have expired');
  return credentials;
}

/** The deciding half: AWS's JSON, Version 1 (botocore/credentials.py `ProcessProvider._retrieve_credentials_using`). */
function parseProcessOutput(request: ProcessRequest, stdout: string): Credentials {
  const value = parseJson(stdout);
  if (value === undefined) throw failed(request, 'printed something that is not JSON');
  const fields = fieldsOf(value);
  if (fields.get('Version') !== 1)
    throw failed(request, 'printed something other than Version 1 of the format');
  const text = (name: string) => textField(fields, name);
  const accessKeyId = text('AccessKeyId');
  const secret = text('SecretAccessKey');
  if (accessKeyId === undefined || secret === undefined) throw failed(request, 'printed no keys');
  const token = text('SessionToken');
  const end = text('Expiration');
  const expiresAt = end === undefined ? undefined : parseTimestamp(end);
  if (end !== undefined && expiresAt === undefined)
    throw failed(request, 'printed an Expiration that is not a date');
  const accountId = text('AccountId') ?? request.accountId;
  return {
    accessKeyId,
    secretAccessKey: new Secret(secret),
    ...(token === undefined ? {} : { sessionToken: new Secret(token) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(accountId === undefined ? {} : { accountId }),
  };
}

const NO_SHELL = 'write the full path of the program (no ~, no variables; in double quotes if it has spaces)';

function failed(
  { profile }: ProcessRequest,
  what: string,
  cause?: unknown,
  hint = 'run that command yourself to see what it says',
): AwsherError {
  return new AwsherError('PROCESS_FAILED', `The credential_process of profile ${profile} ${what}.`, {
    hint,
    cause,
  });
}

import { randomBytes } from 'node:crypto';
import type { Center } from '../center.ts';
import { type Call, Refusal, type Reply, type Service, Unmodelled } from '../http.ts';
import { opaque, type RoleKey } from '../state.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Issues temporary credentials and remembers whose they are, so that GetCallerIdentity can tell. */
export function issueRoleKey(
  center: Center,
  role: { accountId: string; roleName: string; sessionName: string; seconds: number },
): RoleKey {
  const roleId = `AROA${letters(16)}`;
  const key: RoleKey = {
    accessKeyId: `ASIA${letters(16)}`,
    secretAccessKey: opaque('', 30),
    sessionToken: opaque('session-token-', 192),
    accountId: role.accountId,
    arn: `arn:${partition(center)}:sts::${role.accountId}:assumed-role/${role.roleName}/${role.sessionName}`,
    userId: `${roleId}:${role.sessionName}`,
    expiresAt: center.clock.now() + role.seconds * 1000,
  };
  center.state.roleKeys.set(key.accessKeyId, key);
  return key;
}

const ACTIONS: Record<string, (center: Center, call: Call, form: URLSearchParams) => string> = {
  GetCallerIdentity(center, call) {
    const key = caller(center, call);
    return `<Arn>${key.arn}</Arn><UserId>${key.userId}</UserId><Account>${key.accountId}</Account>`;
  },
  AssumeRole(center, call, form) {
    caller(center, call);
    if (form.has('SerialNumber') && !form.has('TokenCode')) {
      const message = 'must provide both MFA serial number and one time pass code';
      throw new Refusal('AccessDenied', 403, `MultiFactorAuthentication failed, ${message}.`);
    }
    return assume(center, form);
  },
  AssumeRoleWithWebIdentity(center, _call, form) {
    if (!form.get('WebIdentityToken')) {
      throw new Refusal('InvalidIdentityToken', 400, 'No OpenIDConnect token');
    }
    return assume(center, form);
  },
  AssumeRoleWithSAML: (center, _call, form) => assumeWithSaml(center, form),
};

/** STS API Reference, AssumeRoleWithSAML; errors as it models them. */
function assumeWithSaml(center: Center, form: URLSearchParams): string {
  const issued = center.state.samlResponses.find((one) => one.response === form.get('SAMLAssertion'));
  if (issued === undefined || issued.foreign)
    throw new Refusal('InvalidIdentityToken', 400, 'Specified provider doesn&apos;t exist');
  const now = center.clock.now();
  if (now >= issued.notOnOrAfter || now < issued.notBefore)
    throw new Refusal('ExpiredTokenException', 400, 'Token must be redeemed within 5 minutes of issuance');
  const wanted = [form.get('RoleArn'), form.get('PrincipalArn')].join();
  if (!issued.roles.some((pair) => pair.join() === wanted))
    throw new Refusal('AccessDenied', 403, 'Not authorized to perform sts:AssumeRoleWithSAML');
  const seconds = Number(form.get('DurationSeconds') ?? 3600);
  if (seconds > center.options.samlRoleMaxSeconds) {
    const message = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new Refusal('ValidationError', 400, message);
  }
  form.set('RoleSessionName', issued.sessionName);
  return (
    assume(center, form) +
    `<Subject>${issued.sessionName}</Subject><SubjectType>unspecified</SubjectType>` +
    `<Issuer>${center.options.samlIssuer}</Issuer><Audience>${issued.audience}</Audience>`
  );
}

function action(call: Call): string {
  return new URLSearchParams(call.body).get('Action') ?? '';
}

/** One POST for every action; the outer tag depends on the action. */
function answer(center: Center, call: Call): Reply {
  const name = action(call);
  const act = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (act === undefined) throw new Unmodelled();
  const result = `<${name}Result>${act(center, call, new URLSearchParams(call.body))}</${name}Result>`;
  return xml(200, `<${name}Response xmlns="${NAMESPACE}">${result}${metadata()}</${name}Response>`);
}

function assume(center: Center, form: URLSearchParams): string {
  const match = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(form.get('RoleArn') ?? '');
  const sessionName = form.get('RoleSessionName') ?? '';
  if (match === null || sessionName === '')
    throw new Refusal('ValidationError', 400, 'Invalid role or session name');
  const key = issueRoleKey(center, {
    accountId: match[1] ?? '',
    roleName: match[2] ?? '',
    sessionName,
    seconds: Number(form.get('DurationSeconds') ?? 3600),
  });
  const expiration = new Date(key.expiresAt).toISOString();
  return (
    `<Credentials><AccessKeyId>${key.accessKeyId}</AccessKeyId><SecretAccessKey>${key.secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${key.sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials>` +
    `<AssumedRoleUser><Arn>${key.arn}</Arn><AssumedRoleId>${key.userId}</AssumedRoleId></AssumedRoleUser>`
  );
}

/** Knows a caller by access key and session token. The signature itself is not checked. */
function caller(center: Center, call: Call): RoleKey {
  const accessKeyId = /Credential=(\w+)\//.exec(call.headers.authorization ?? '')?.[1] ?? '';
  const key = center.state.roleKeys.get(accessKeyId);
  if (key === undefined || call.headers['x-amz-security-token'] !== key.sessionToken) {
    throw new Refusal('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
  }
  if (key.expiresAt <= center.clock.now()) {
    throw new Refusal('ExpiredToken', 403, 'The security token included in the request is expired');
  }
  return key;
}

function stsError({ type, status, message }: Refusal): Reply {
  const fault = status >= 500 ? 'Receiver' : 'Sender';
  const error = `<Error><Type>${fault}</Type><Code>${type}</Code><Message>${message}</Message></Error>`;
  return xml(
    status,
    `<ErrorResponse xmlns="${NAMESPACE}">${error}<RequestId>${requestId()}</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, body: string): Reply {
  return { status, headers: { 'Content-Type': 'text/xml' }, body };
}

function metadata(): string {
  return `<ResponseMetadata><RequestId>${requestId()}</RequestId></ResponseMetadata>`;
}

function requestId(): string {
  return randomBytes(16).toString('hex');
}

function partition(center: Center): string {
  const region = center.directories[0]?.region ?? '';
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}

function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}

export const sts: Service = {
  name: 'sts',
  refuse: stsError,
  routes: [{ operation: action, method: 'POST', path: '/', answer }],
};

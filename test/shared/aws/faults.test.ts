import { describe, expect, it } from 'vitest';
import { toError } from '../../../shared/aws/fault-words.ts';
import { blamesQuestion, faultOf } from '../../../shared/aws/faults.ts';
import { ForeignAnswer } from '../../../shared/transport/foreign-answer.ts';

function sdkError(name: string, status?: number, more: object = {}): Error {
  const error = Object.assign(new Error('text of AWS'), more);
  error.name = name;
  return status === undefined ? error : Object.assign(error, { $metadata: { httpStatusCode: status } });
}

const UNREAD =
  '\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.';

describe('what the SDK throws', () => {
  it.each<[string, unknown, string]>([
    ['pending', sdkError('AuthorizationPendingException', 400), 'authorization-pending'],
    ['slow down', sdkError('SlowDownException', 400), 'slow-down'],
    ['code over', sdkError('ExpiredTokenException', 400), 'expired-token'],
    ['denied', sdkError('AccessDeniedException', 400), 'access-denied'],
    ['session over', sdkError('InvalidGrantException', 400), 'grant-rejected'],
    ['registration gone', sdkError('InvalidClientException', 401), 'grant-rejected'],
    ['a proxy took the header away', sdkError('Error', 400, { error: 'invalid_grant' }), 'grant-rejected'],
    ['portal 401', sdkError('UnauthorizedException', 401), 'unauthorized'],
    ['401 of an unknown kind', sdkError('Error', 401), 'unauthorized'],
    ['not modelled 403', sdkError('ForbiddenException', 403), 'forbidden'],
    ['403 of STS', sdkError('AccessDenied', 403), 'access-denied'],
    ['no such role', sdkError('ResourceNotFoundException', 404), 'not-found'],
    ['too fast', sdkError('TooManyRequestsException', 429), 'throttled'],
    ['ill', sdkError('InternalServerException', 500), 'server'],
    ['ill, by a gateway', sdkError('Error', 503), 'server'],
    ['wrong', sdkError('InvalidRequestException', 400), 'invalid-request'],
    ['stopped', sdkError('AbortError'), 'aborted'],
    ['no connection', sdkError('Error', undefined, { code: 'ECONNREFUSED' }), 'network refused'],
    ['no name', sdkError('Error', undefined, { code: 'ENOTFOUND' }), 'network name'],
    [
      'a certificate',
      sdkError('Error', undefined, { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
      'network certificate',
    ],
    [
      'a certificate of nobody',
      sdkError('Error', undefined, { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
      'network certificate',
    ],
    ['no answer', sdkError('TimeoutError'), 'network timeout'],
    [
      'all addresses',
      sdkError('AggregateError', undefined, { errors: [sdkError('E', undefined, { code: 'ECONNREFUSED' })] }),
      'network refused',
    ],
    ['a proxy that refuses', new Error('Bad response: 407'), 'network other'],
    ['no connection, in Chromium', new TypeError('Failed to fetch'), 'network other'],
    [
      'no connection, in Firefox',
      new TypeError('NetworkError when attempting to fetch resource.'),
      'network other',
    ],
    ['a bug', new TypeError('x is not a function'), 'unknown'],
    ['no error at all', 'text', 'unknown'],
  ])('%s', (_case, thrown, expected) => {
    const fault = faultOf(thrown);
    expect(fault.kind === 'network' ? `network ${fault.reason}` : fault.kind).toBe(expected);
  });

  it.each<[what: string, thrown: Error, words: RegExp, hint: RegExp]>([
    [
      'a scope',
      Object.assign(
        sdkError('InvalidScopeException', 400, {
          error: 'invalid_scope',
          error_description: 'Invalid scope: x:y',
        }),
        {
          message: 'UnknownError',
        },
      ),
      /refused: Invalid scope: x:y\.$/,
      /sso_registration_scopes/,
    ],
    [
      'a KMS key, on CreateToken',
      Object.assign(
        sdkError('AccessDeniedException', 400, {
          error: 'access_denied',
          error_description: 'The ciphertext refers to a key that you may not use.',
          reason: 'KMS_AccessDeniedException',
        }),
        { message: 'UnknownError' },
      ),
      /may not use \(KMS_AccessDeniedException\)\.$/,
      /administrator/,
    ],
    [
      'nothing but a code',
      Object.assign(sdkError('InvalidRedirectUriException', 400, { error: 'invalid_redirect_uri' }), {
        message: '',
      }),
      /refused: invalid redirect uri\.$/,
      /doctor/,
    ],
    [
      "a proxy's page",
      new ForeignAnswer('page', 503),
      /something between you and AWS answered with a web page\.$/,
      /HTTPS_PROXY/,
    ],
    [
      'a client, on CreateToken',
      sdkError('InvalidClientException', 401, {
        error: 'invalid_client',
        error_description: 'Client\u001b registration expired.',
      }),
      /refused: Client� registration expired\.$/,
      /doctor/,
    ],
    ...[
      [
        'plain text',
        new SyntaxError(`Unexpected token 'F', "Forbidden by policy" is not valid JSON${UNREAD}`),
        403,
      ],
      ['half of an answer', new SyntaxError(`Unterminated string in JSON at position 11${UNREAD}`), 200],
      ['null', new TypeError(`Cannot read properties of null (reading 'accessToken')${UNREAD}`), 200],
      ['no XML, for STS', new Error(`@aws-sdk XML parse error: unexpected content.${UNREAD}`), 403],
      ['JSON of a proxy', sdkError('Unknown', 403, { $fault: 'client', status: 'blocked' }), 403],
      ['nothing', sdkError('UnknownError', 404, { $fault: 'client' }), 404],
    ].map(
      ([what, thrown, status]) =>
        [
          `${what} in the place of AWS's answer`,
          Object.assign(thrown as Error, { $metadata: { httpStatusCode: status } }),
          /could not be reached: something between you and AWS answered in its place\.$/,
          /HTTPS_PROXY/,
        ] as [string, Error, RegExp, RegExp],
    ),
    [
      'a 403 that no model knows',
      Object.assign(sdkError('BrandNewException', 403, { error_description: 'Not\u001b[31m on Mondays.' }), {
        message: 'UnknownError',
      }),
      /refused: Not�\[31m on Mondays\.$/,
      /doctor/,
    ],
  ])('says what AWS says about %s', (_what, thrown, words, hint) => {
    const error = toError(faultOf(thrown), 'IAM Identity Center');
    expect(error.message).toMatch(words);
    expect(error.message).not.toMatch(/UnknownError|\$response|Unexpected token/);
    expect(error.hint).toMatch(hint);
  });

  it.each<[string, Error, boolean]>([
    ['a start URL or a role that AWS does not know', sdkError('InvalidRequestException', 400), true],
    ['a KMS key', sdkError('AccessDeniedException', 400, { reason: 'KMS_DisabledException' }), false],
    [
      'a KMS key, by another name',
      sdkError('InvalidRequestException', 400, { reason: 'KMS_NotFoundException' }),
      false,
    ],
    ['a scope', sdkError('InvalidScopeException', 400), false],
  ])('tells whether what was asked for is to blame: %s', (_what, thrown, blamed) => {
    expect(blamesQuestion(faultOf(thrown))).toBe(blamed);
  });

  it('ends as a code with a next step', () => {
    const error = toError(faultOf(sdkError('Error', undefined, { code: 'CERT_HAS_EXPIRED' })), 'The portal');
    expect(error).toMatchObject({ code: 'NETWORK', exitCode: 1 });
    expect(error.hint).toContain('AWS_CA_BUNDLE');
  });
});

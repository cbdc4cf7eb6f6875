import { json, Refusal, type Reply } from '../http.ts';

/** Error shapes of the service model with their status and their `error` value (AWS CLI v2 sso-oidc service-2.json). */
const ERRORS = {
  AuthorizationPendingException: [400, 'authorization_pending'],
  SlowDownException: [400, 'slow_down'],
  ExpiredTokenException: [400, 'expired_token'],
  AccessDeniedException: [400, 'access_denied'],
  InvalidClientException: [401, 'invalid_client'],
  InvalidGrantException: [400, 'invalid_grant'],
  UnauthorizedClientException: [400, 'unauthorized_client'],
  InvalidRequestException: [400, 'invalid_request'],
  InvalidScopeException: [400, 'invalid_scope'],
  UnsupportedGrantTypeException: [400, 'unsupported_grant_type'],
  InvalidClientMetadataException: [400, 'invalid_client_metadata'],
  InvalidRedirectUriException: [400, 'invalid_redirect_uri'],
  InternalServerException: [500, 'server_error'],
} as const;
type ErrorType = keyof typeof ERRORS;

/** An error of the service model, by its shape name. */
export function refusal(type: ErrorType, description: string): Refusal {
  return new Refusal(type, ERRORS[type][0], description);
}

function isErrorType(type: string): type is ErrorType {
  return Object.hasOwn(ERRORS, type);
}

/** SDKs take the type from the header alone; the body is OAuth's. */
export function oidcError({ type, status, message, headers }: Refusal): Reply {
  const error = isErrorType(type) ? ERRORS[type][1] : type;
  return json({ error, error_description: message }, status, {
    ...headers,
    'x-amzn-ErrorType': `${type}:http://internal.amazon.com/coral/com.amazonaws.sso.oidc/`,
  });
}

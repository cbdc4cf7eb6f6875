/** The one thing that helps after an error: what its button does. */
export type Help = 'retry' | 'region' | 'edit' | 'checks' | 'none';

/** Another try would end the same way; a person has to do something elsewhere first. */
const NO_TRY = new Set([
  'PERMISSION_MISSING',
  'DEVICE_CODES_OFF',
  'AGENT_DENIED',
  'SAML_UNKNOWN',
  'ROLE_FORBIDDEN',
]);
const WRONG_SETTINGS = new Set(['START_URL_INVALID', 'REGION_INVALID', 'SESSION_CONFLICT']);
/** Trouble of this computer, not of the sign-in: trying again changes nothing before it is found. */
const OWN_TROUBLE =
  /^(HOST_|PROTOCOL_|FILE_|CONFIG_|LOCK_|SOCKET_|INSTALL_|ROOT_|INTERNAL$|EXTENSION_FAILED$)/;

/**
 * Which button an error gets. `editable`: its session was added in the extension, so that its form is here.
 * Codes that a newer host may send are tried again.
 */
export function helpFor(code: string, editable: boolean): Help {
  if (NO_TRY.has(code)) return 'none';
  if (code === 'REGION_WRONG') return 'region';
  if (WRONG_SETTINGS.has(code)) return editable ? 'edit' : 'none';
  return OWN_TROUBLE.test(code) ? 'checks' : 'retry';
}

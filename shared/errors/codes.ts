/**
 * Every way in which awsher can say no. The list is closed and append-only: other programs match on the codes.
 * `exit` is the exit code of the command (docs/commands.md): 1 failed, 2 usage, 3 denied or cancelled by the person,
 * 4 sign-in needed.
 */
export const ERROR_CODES = {
  USAGE: { exit: 2, meaning: 'The command line is not understood.' },
  START_URL_INVALID: { exit: 2, meaning: 'The start URL is not an https address of a portal.' },
  REGION_INVALID: { exit: 2, meaning: 'The region is not one that AWS has.' },
  NAME_INVALID: { exit: 2, meaning: 'The name has a character that not every SDK reads.' },
  SESSION_UNKNOWN: { exit: 2, meaning: 'No sso-session of that name is in the config.' },
  SESSION_AMBIGUOUS: { exit: 2, meaning: 'Several sessions exist and none was named.' },
  SESSION_CONFLICT: { exit: 2, meaning: 'The session exists with another start URL or region.' },
  PROFILE_UNKNOWN: { exit: 2, meaning: 'No profile of that name is in the config.' },
  PROFILE_UNUSABLE: { exit: 1, meaning: 'The profile cannot give credentials as it is written.' },
  BROWSER_UNKNOWN: { exit: 2, meaning: 'awsher does not know a browser of that name.' },

  SIGN_IN_NEEDED: { exit: 4, meaning: 'There is no usable token and no browser may be opened.' },
  AGENT_DENIED: { exit: 3, meaning: 'A coding agent asked, and the settings let none sign in.' },
  SIGN_IN_CANCELLED: { exit: 3, meaning: 'The person cancelled the sign-in or closed its tab.' },
  SIGN_IN_DENIED: { exit: 3, meaning: 'The person denied the request on the page.' },
  SIGN_IN_TIMEOUT: { exit: 1, meaning: 'The sign-in was not finished in time.' },
  CODE_EXPIRED: { exit: 1, meaning: 'The device code ended before it was approved.' },
  SIGN_IN_FAILED: { exit: 1, meaning: 'AWS refused the sign-in.' },
  REGION_WRONG: { exit: 1, meaning: 'The portal does not live in that region.' },
  TOKEN_REJECTED: { exit: 4, meaning: 'The portal does not accept the token any more.' },
  ROLE_FORBIDDEN: { exit: 1, meaning: 'The role is not assigned to the person.' },
  ROLE_UNKNOWN: { exit: 1, meaning: 'The account or the role does not exist.' },
  THROTTLED: { exit: 1, meaning: 'AWS asks to slow down.' },
  NETWORK: { exit: 1, meaning: 'AWS could not be reached.' },
  AWS_ERROR: { exit: 1, meaning: 'AWS answered with an error.' },
  CREDENTIALS_MISSING: { exit: 1, meaning: 'The profile names no source of credentials.' },
  PROFILE_LOOP: { exit: 1, meaning: 'The source_profile chain comes back to itself.' },
  MFA_NEEDED: { exit: 4, meaning: 'The role needs an MFA code and no terminal is there to ask for it.' },
  PROCESS_FAILED: { exit: 1, meaning: 'A credential_process failed or answered with something else.' },

  HOST_MISSING: { exit: 1, meaning: 'The native-messaging host is not installed for this browser.' },
  HOST_FORBIDDEN: { exit: 1, meaning: 'The browser does not let this extension start the host.' },
  HOST_LOST: { exit: 1, meaning: 'The native-messaging host ended in the middle of the work.' },
  HOST_CALLER: { exit: 1, meaning: 'The host was started by something other than the awsher extension.' },
  BROWSER_MISSING: { exit: 1, meaning: 'No browser with awsher is connected.' },
  BROWSER_LOST: { exit: 1, meaning: 'The browser went away in the middle of the work.' },
  PROTOCOL_VERSION: { exit: 1, meaning: 'Two parts of awsher of different versions met.' },
  PROTOCOL_MESSAGE: { exit: 1, meaning: 'A message is not of the agreed form.' },
  PERMISSION_MISSING: { exit: 1, meaning: 'The extension lacks the permission for an AWS host.' },
  EXTENSION_FAILED: { exit: 1, meaning: 'The extension failed inside.' },

  SAML_UNKNOWN: { exit: 2, meaning: 'No SAML sign-in of that name is set up.' },
  SAML_BUSY: { exit: 1, meaning: 'The browser waits for the response of another SAML sign-in.' },
  SAML_INVALID: { exit: 1, meaning: 'What was posted to AWS is no SAML response that awsher can use.' },
  SAML_EXPIRED: { exit: 1, meaning: 'The SAML response is over, or not valid yet.' },
  SAML_REPLAYED: { exit: 1, meaning: 'The SAML response was used before.' },
  SAML_FOREIGN: {
    exit: 1,
    meaning: 'The SAML response is from another issuer, or for somebody else than AWS.',
  },

  CONFIG_INVALID: { exit: 1, meaning: 'The config file has a line that SDKs reject.' },
  SETTINGS_INVALID: { exit: 2, meaning: 'A file of settings holds what awsher does not take from one.' },
  CONFIG_CHANGED: { exit: 1, meaning: 'The file was edited since awsher last wrote it.' },
  NOTHING_TO_UNDO: { exit: 1, meaning: 'awsher has no earlier version of the file.' },
  FILE_CORRUPT: { exit: 1, meaning: 'A file is not readable as what it should be.' },
  FILE_NOT_REGULAR: { exit: 1, meaning: 'Something that is no regular file stands in the place of a file.' },
  FILE_WRITE: { exit: 1, meaning: 'A file could not be written.' },
  FILE_READ: { exit: 1, meaning: 'A file could not be read.' },
  FILE_OWNER: { exit: 1, meaning: "The file or folder is another user's." },
  LOCK_TIMEOUT: { exit: 1, meaning: 'Another process keeps a file locked.' },
  SOCKET_UNSAFE: { exit: 1, meaning: 'The folder of the local socket is not private.' },
  INSTALL_FAILED: { exit: 1, meaning: 'The host could not be registered.' },
  ROOT_REFUSED: { exit: 1, meaning: "root may not write into another user's home." },
  CANCELLED: { exit: 3, meaning: 'The person left a list or a question without an answer.' },
  INTERRUPTED: { exit: 130, meaning: 'Interrupted from the keyboard.' },
  HOME_UNKNOWN: { exit: 1, meaning: 'HOME is not set, and the user has no name by which it could be found.' },
  INTERNAL: { exit: 1, meaning: 'awsher has a bug.' },
} as const satisfies Record<string, { exit: 1 | 2 | 3 | 4 | 130; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Narrows text from a peer to a known code. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

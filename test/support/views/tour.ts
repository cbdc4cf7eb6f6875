/**
 * The pictures of the pages under docs/, made by `npm run pictures -- docs` from the same scenes as those of the
 * test, at twice the size: `docs/pictures/NAME.png`. File name → scene.
 */
export const DOCS_PICTURES: Readonly<Record<string, string>> = {
  welcome: 'welcome-command',
  'welcome-done': 'welcome-done',
  connected: 'popup-empty',
  sessions: 'popup-many',
  'signing-in': 'popup-run-sign-in',
  'signed-in': 'popup-valid',
  roles: 'popup-roles-search',
  role: 'popup-roles-terminal',
  explain: 'popup-roles-explain',
  keys: 'popup-roles-keys',
  history: 'popup-history',
  failed: 'popup-failed',
  'host-missing': 'popup-host-missing',
  options: 'options-sessions',
  ask: 'ask-device',
  notice: 'notice-code',
  'notice-running': 'notice-running',
};

/** Those that are shown on the first page, where a dark one is also made: `NAME-dark.png`. */
export const DOCS_PICTURES_IN_THE_DARK: readonly string[] = ['signed-in'];

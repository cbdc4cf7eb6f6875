// What --json prints, for docs/commands.md. test/flows/json-keys.test.ts runs every command and compares.

/** By command: the keys of the one object, or with `[]` those of each object of a list; in parentheses those inside. */
const KEYS = {
  login: 'session startUrl region expiresAt cacheFile how flow browser',
  logout: 'sessions removed',
  status: '[] session startUrl region state expiresAt refreshableUntil cacheFile',
  whoami: 'profile who accountId role arn',
  export: 'Version AccessKeyId SecretAccessKey SessionToken Expiration AccountId',
  accounts: '[] accountId accountName emailAddress roles',
  'profiles sync':
    'session file changed written profiles ( name accountId accountName role fate instead ) outside warnings diff',
  'profiles list': '[] name session accountId accountName label color production role region kept',
  'profiles undo': 'file restored diff',
  import: 'source sessions changed written diff',
  'saml login': 'name profile roleArn accountId who expiresAt file browser',
  'saml add': 'name url issuer role duration region profile',
  'saml list': '[] name url issuer role duration region profile',
  'saml remove': 'name url issuer role duration region profile',
  explain:
    'version profile namedBy verdict ( state source sentence next error ( code file line ) ) environment ( name value effect sentence ) files ( file kind exists problems ( line message ) ) steps ( profile source outcome reason file line hop ) hops ( kind profile place ( file line ) title facts ( name value place ) token ( file key decision sentence expiresAt hasRefreshToken registrationExpiresAt login ) caches ( file kind exists sentence expiresAt usable ) ) disagreements ( id sdks instead remedy place source run ) notes',
  doctor: 'ok checks ( id title result detail next fixable fixed fixFailed )',
  audit: 'version ok findings ( check severity title file line fix ) skipped',
  files:
    'version folders ( folder more files ( path kind what writer state expiresAt ifDeleted clean size mode modifiedAt ) ) dryRun found removed restored occupied',
  history: '[] when kind session codeEnd command host act reason browser',
  version: 'version',
  install:
    'dryRun launcher node host files browsers ( browser name variant userDataDir result where note error ) extension ( chromium firefox )',
  uninstall: 'dryRun browsers ( browser name variant userDataDir result where ) complete',
  migrate: 'tool changed written items ( profile to session accountId roleName name url reason ) diff',
  upgrade: 'version installed folder managed newest newer',
  'credential-process': 'Version AccessKeyId SecretAccessKey SessionToken Expiration AccountId',
  prompt: 'text',
};

/** @returns {string[]} the paragraphs about --json */
export function jsonKeys() {
  return [
    '## Keys of `--json`',
    'One value on stdout: an object, or a list of objects (`[]`). Times are ISO 8601 in UTC; what does not apply is `null` or missing. New keys may come, none changes its meaning. After an error stdout is empty. More about [`explain`, `files` and `audit`](where-credentials-come-from.md).',
    [
      '| command | keys |',
      '|---|---|',
      ...Object.entries(KEYS).map(([name, keys]) => `| \`awsher ${name} --json\` | ${shown(keys)} |`),
    ].join('\n'),
  ];
}

/** @returns {string} "`a`, `b` (`c`)" */
function shown(keys) {
  const list = keys.replace('[] ', '[] of ').replaceAll(/\b(?!of\b)\w+|\[\]/g, (key) => `\`${key}\``);
  return list
    .replaceAll(/` `(?=\w)/g, '`, `')
    .replaceAll('( ', '(')
    .replaceAll(' )', ')')
    .replaceAll(') `', '), `');
}

import { writtenEnd } from '../../base/formats/written-end.ts';
import { isBackupName, isLockName, isTemporaryName } from './foreign-names.ts';
import { type Judgement, judged } from './item.ts';
import type { Look } from './look.ts';
import { LOCK, leftover } from './sso-cache.ts';

const YOURS = 'you, `aws configure`, awsher';

/** Names right below `~/.aws` and `~/.aws/cli`, and what is known about them. */
const KNOWN: Readonly<Record<string, Judgement>> = {
  'sso/': judged('folder', 'sign-ins at Identity Center', {
    writer: 'AWS CLI, SDKs, awsher',
    ifDeleted: 'you need to sign in again',
  }),
  'sso/cache/': judged('folder', 'tokens and client registrations', {
    writer: 'AWS CLI, SDKs, awsher',
    ifDeleted: 'you need to sign in again',
  }),
  'cli/': judged('folder', "the AWS CLI's own", {
    writer: 'AWS CLI',
    ifDeleted: 'see its parts below',
  }),
  'cli/cache/': judged('folder', 'credentials of roles, until they expire', {
    writer: 'AWS CLI, awsher',
    ifDeleted: 'they are requested again',
  }),
  'cli/alias': judged('cli-alias', 'short names for AWS CLI commands', {
    writer: 'you',
    ifDeleted: 'your aliases are gone',
  }),
  'cli/history/': judged('cli-history', 'what the AWS CLI did, if its history is on', {
    writer: 'AWS CLI',
    ifDeleted: 'the history is gone',
  }),
  'login/': judged('aws-login', 'sign-ins by `aws login`', {
    writer: 'AWS CLI',
    ifDeleted: 'you need to run `aws login` again',
  }),
  'models/': judged('models', 'service models that you added', {
    writer: 'you, `aws configure add-model`',
    ifDeleted: 'those services are gone from the AWS CLI',
  }),
  'boto/': judged('boto-cache', 'roles assumed by older boto3 programs', {
    writer: 'boto3 programs',
    ifDeleted: 'they are requested again',
  }),
  'amazonq/': judged('amazonq', "Amazon Q's own", {
    writer: 'Amazon Q',
    state: 'foreign',
    ifDeleted: 'Amazon Q may miss it',
  }),
};

/** A file or folder below `~/.aws` that is in neither cache. `relative` has `/` between names, and after a folder's. */
export function judgeAwsRoot(relative: string, { path, name, ageMs, scene }: Look): Judgement {
  const { paths, config } = scene;
  if (path === paths.configFile) {
    const [profiles, sessions] = [config.profiles.size, config.ssoSessions.size];
    return judged(
      'config',
      `profiles and sessions: ${count(profiles, 'profile')}, ${count(sessions, 'session')}`,
      {
        writer: YOURS,
        ifDeleted: 'every profile is gone',
      },
    );
  }
  if (path === paths.credentialsFile) return credentials(scene);
  if (relative === 'config' || relative === 'credentials') {
    const variable = relative === 'config' ? 'AWS_CONFIG_FILE' : 'AWS_SHARED_CREDENTIALS_FILE';
    return judged(`unread-${relative}`, `not read in this shell: ${variable} names another file`, {
      writer: YOURS,
      ifDeleted: 'shells without that variable need it',
    });
  }
  if (Object.hasOwn(KNOWN, relative)) return KNOWN[relative] ?? judged('foreign', '');
  if (isLockName(name)) return LOCK;
  if (isTemporaryName(name)) return leftover(ageMs);
  if (isBackupName(name))
    return judged('backup', 'a copy of your config or keys that no program reads', {
      writer: 'you, or an editor',
      state: 'leftover',
      ifDeleted: 'the copy is gone; check it first',
    });
  return judged('foreign', 'unknown to awsher', { state: 'foreign', ifDeleted: 'unknown' });
}

/** Judges the credentials file by what the profiles got from it. */
function credentials({ paths, config, now }: Look['scene']): Judgement {
  const sections = [...config.profiles.values()].filter(
    ({ values }) => values.get('aws_access_key_id')?.file === paths.credentialsFile,
  );
  const forever = sections.filter(({ values }) => values.get('aws_access_key_id')?.value.startsWith('AKIA'));
  const ended = sections.filter((section) => (writtenEnd(section)?.at ?? now + 1) <= now);
  const temporary = sections.length - forever.length;
  const over = ended.length === 0 ? '' : `, ${ended.length} of them ended`;
  return judged(
    'credentials',
    `keys in plain text: ${count(forever.length, 'long-term key')}, ${count(temporary, 'temporary key')}${over}`,
    {
      writer: '`aws configure`, saml2aws and others',
      ifDeleted: sections.length === 0 ? 'nothing' : 'profiles that use these keys stop working',
    },
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

import { type Judgement, judged } from './item.ts';
import type { Look } from './look.ts';
import { leftover } from './sso-cache.ts';

const own = (kind: string, what: string, ifDeleted: string): Judgement =>
  judged(kind, what, { writer: 'awsher', ifDeleted });

/** awsher's own state, name by name (docs/files.md). */
const STATE: Readonly<Record<string, Judgement>> = {
  'registrations.json': own(
    'own-registrations',
    "awsher's client registration with Identity Center",
    'it registers again',
  ),
  'vouches.json': own(
    'own-vouches',
    'codes your commands asked for, as hashes, for ten minutes',
    'the browser may ask about them',
  ),
  'sessions/': own('own-notes', 'when sessions were used, and as whom', 'it is learned again'),
  'catalogue/': own('own-catalogue', 'accounts and roles of your sessions', 'they are listed again'),
  'stranded/': own(
    'own-stranded',
    'new tokens that awsher could not write to ~/.aws yet',
    'you need to sign in again',
  ),
  'saml/': own(
    'own-saml',
    'keys of roles that `awsher saml login` got',
    'you need to run `awsher saml login` again',
  ),
  'saml-used.json': own('own-saml-used', 'hashes of used SAML responses', 'nothing, after some minutes'),
  'recent.json': own('own-recent', 'which profiles you used, and how often', 'the picker starts fresh'),
  'undo/': own('own-undo', 'earlier versions of the config', '`awsher profiles undo` has nothing to restore'),
  'trash/': own(
    'own-trash',
    'what `awsher files --clean` removed, for seven days',
    '`awsher files --undo` has nothing to restore',
  ),
  'locks/': own('own-locks', 'who is writing what', 'nothing, while awsher is not running'),
  'run/': own(
    'own-run',
    'the sockets of running hosts',
    'terminals do not find the browser until it is restarted',
  ),
  'last-browser.json': own(
    'own-last-browser',
    'which browser the last sign-in went through',
    'with several browsers, awsher may use another one',
  ),
  'installed.json': own(
    'own-installed',
    'where awsher was installed',
    '`awsher uninstall` may leave something',
  ),
  'clock.json': own('own-clock', "the difference between this clock and AWS's", 'it is measured again'),
  'host.log': own('own-log', 'what the host did, without secrets', 'nothing'),
  'host.log.1': own('own-log', 'what the host did before that', 'nothing'),
};

/** A file or folder right below awsher's state folder, or one that it keeps per session. */
export function judgeOwnState(relative: string, { name, ageMs, scene }: Look): Judgement {
  if (Object.hasOwn(STATE, relative)) return STATE[relative] ?? own('own', '', '');
  if (name.endsWith('.tmp')) return leftover(ageMs);
  if (/^(sessions|catalogue)\/[0-9a-f]{40}\./.test(relative)) {
    const known = scene.names.tokens.get(tokenName(name));
    if (known !== undefined) return own('own-session', `about ${known.key}`, 'it is learned again');
    return judged('own-session', 'about a session that is no longer in the config', {
      writer: 'awsher',
      state: 'orphan',
      ifDeleted: 'nothing',
      clean: true,
    });
  }
  return judged('own', "awsher's", { writer: 'awsher' });
}

function tokenName(name: string): string {
  return `${name.slice(0, 40)}.json`;
}

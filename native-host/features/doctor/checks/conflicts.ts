import { openServerClock } from '../../../aws/calls/server-clock.ts';
import { profileOfShell } from '../../../aws/resolver/profile-environment.ts';
import type { Otherwise, Story } from '../../explain/story.ts';
import { openStories } from '../../explain/tell.ts';
import { type Check, type Finding, fail, inline, ok, shortPath, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';

/** Everything that `awsher explain` knows, of every profile: which lead nowhere, which lead elsewhere for another SDK. */
export const conflicts: Check = {
  id: 'conflicts',
  title: 'Where credentials come from',
  run(context) {
    const { env, paths, now } = context;
    const { config, tell } = openStories({ paths, env, clock: openServerClock(paths, now) });
    const findings = keysInEnvironment(context);
    if (env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE) {
      const namedBy = env.AWS_PROFILE ? 'AWS_PROFILE' : 'AWS_DEFAULT_PROFILE';
      const story = tell({ profile: profileOfShell(env), namedBy });
      if (story.verdict.error?.code === 'PROFILE_UNKNOWN') findings.push(nowhere(story, `${namedBy}: `));
      findings.push(...elsewhere(story, OF_THE_SHELL, paths.home));
    }
    const seen = new Map<string, Finding>();
    let remarks = 0;
    for (const profile of config.profiles.keys()) {
      const story = tell({ profile, namedBy: 'argument', configAlone: true });
      const found = leadsNowhere(story) ? [nowhere(story)] : elsewhere(story, OF_A_PROFILE, paths.home);
      // A source profile's is found again in every profile that builds on it.
      for (const one of found) seen.set(one.detail, one);
      if (found.length === 0 && story.disagreements.length > 0) remarks++;
    }
    findings.push(...[...seen.values()].slice(0, MOST));
    if (seen.size > MOST)
      findings.push(fail(`and ${seen.size - MOST} more`, 'run `awsher doctor` again after that'));
    if (findings.length > 0) return together(findings.map((finding) => atHome(finding, paths.home)));
    const more =
      remarks === 0
        ? ''
        : `; some SDKs read ${remarks} of them differently: \`awsher explain NAME\` shows how`;
    return ok(
      config.profiles.size === 0
        ? 'there is no profile yet'
        : `each profile has one source of credentials${more}`,
    );
  },
};

const MOST = 8;

/** Of what another SDK does otherwise, what gives it other credentials or none, for a reason that the person can mend. */
const OF_A_PROFILE = /^(?:order-.+|both-portal-forms|inline-comment|key-case|process-shell)$/;
const OF_THE_SHELL =
  /^(?:two-profile-variables|default-profile-variable|tilde-in-variable|dollar-in-variable)$/;

/** Profiles that say something and lead nowhere: not those with a region alone, nor what is the AWS CLI's or another shell's. */
function leadsNowhere({ verdict, steps }: Story): boolean {
  if (verdict.state !== 'broken') return false;
  const { code } = verdict.error ?? {};
  const stop = steps.findLast(({ outcome }) => outcome === 'invalid')?.source;
  return (
    code === undefined || (/^PROFILE_(?:UNUSABLE|LOOP)$/.test(code) && stop !== 'login' && stop !== 'env')
  );
}

const nowhere = ({ verdict }: Story, before = ''): Finding =>
  fail(inline(`${before}${verdict.sentence}`), inline(verdict.next ?? 'name another profile'));

function elsewhere({ disagreements }: Story, which: RegExp, home: string): Finding[] {
  return disagreements.filter(({ id }) => which.test(id)).map((one) => otherwise(one, home));
}

function otherwise({ place, sdks, instead, remedy }: Otherwise, home: string): Finding {
  const where = place === null ? '' : `${shortPath(place.file, home)}, line ${place.line}: `;
  return fail(inline(`${where}${sdks.join(', ')}: ${instead}`), inline(remedy));
}

const VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

function keysInEnvironment({ env, platform }: DoctorContext): Finding[] {
  const set = VARIABLES.filter((name) => env[name]);
  if (!set.includes('AWS_ACCESS_KEY_ID')) return [];
  const unset =
    platform === 'win32' ? set.map((name) => `set ${name}=`).join(' & ') : `unset ${set.join(' ')}`;
  return [
    fail(
      `The environment has keys (${set.join(', ')}); they win over AWS_PROFILE in every tool.`,
      `run \`${unset}\`, and look in your shell's start files`,
    ),
  ];
}

function atHome(finding: Finding, home: string): Finding {
  const short = (text: string) => text.replaceAll(`${home}/`, '~/');
  const { detail, next } = finding;
  return { ...finding, detail: short(detail), ...(next === undefined ? {} : { next: short(next) }) };
}

import { existsSync } from 'node:fs';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Plan } from '../../aws/resolver/credential-plan.ts';
import type { SourceName } from '../../aws/resolver/trace.ts';
import { writeIn } from '../../base/formats/advice.ts';
import { writtenEnd } from '../../base/formats/written-end.ts';
import { programOf } from './hops.ts';
import type { ExplainDeps } from './question.ts';
import { NO_TOKEN } from './sso-details.ts';
import type { Hop, ReadFile, Step, Verdict, VerdictState } from './story.ts';

interface Told {
  readonly files: readonly ReadFile[];
  readonly hops: readonly Hop[];
  readonly steps: readonly Step[];
}

/** The end of the story in one sentence, with the next command where one is needed. */
export function verdictOf(deps: ExplainDeps, outcome: Plan | AwsherError, told: Told): Verdict {
  const broken = told.files.find(({ problems }) => problems.length > 0);
  const [problem] = broken?.problems ?? [];
  if (broken !== undefined && problem !== undefined) {
    const at = problem.line > 0 ? `${broken.file}, line ${problem.line}: ` : '';
    const code = problem.line > 0 ? ('CONFIG_INVALID' as const) : ('FILE_READ' as const);
    return {
      state: 'broken',
      source: null,
      sentence: `${at}${problem.message.replace(/\.$/, '')}.`,
      next: problem.line > 0 ? `run \`awsher doctor --fix\`, or edit line ${problem.line}` : null,
      error: { code, file: broken.file, line: problem.line || null },
    };
  }
  if (outcome instanceof AwsherError) return failed(outcome, told);
  return { source: sourceOf(outcome), error: null, ...readiness(deps, outcome, told.hops) };
}

/** Whether the role is ready only because it is cached, and a person would be needed otherwise. */
export function isReadyByCacheAlone(deps: ExplainDeps, plan: Plan, hops: readonly Hop[]): boolean {
  const isCached = ({ caches }: Hop) => caches.some(({ kind, usable }) => kind === 'role' && usable);
  if (!hops.some(isCached)) return false;
  const bare = hops.map((hop) => ({ ...hop, caches: [] }));
  const state = readiness(deps, plan, bare).state;
  return state === 'sign-in' || state === 'mfa' || state === 'expired';
}

function failed({ code, message, hint }: AwsherError, { steps }: Told): Verdict {
  const at = steps.findLast(({ outcome }) => outcome === 'invalid');
  return {
    state: 'broken',
    source: null,
    sentence: message,
    next: hint ?? null,
    error: { code, file: at?.file ?? null, line: at?.line ?? null },
  };
}

type Readiness = Pick<Verdict, 'state' | 'sentence' | 'next'>;

function readiness(deps: ExplainDeps, plan: Plan, hops: readonly Hop[]): Readiness {
  const [hop, ...inner] = hops;
  if (hop === undefined) return state('unknown', 'Nothing is known.');
  const cached = hop.caches.find(({ kind, usable }) => kind === 'role' && usable);
  if (cached !== undefined) return state('ready', 'Ready: its credentials are cached.');
  switch (plan.kind) {
    case 'keys':
      return keysReadiness(deps, plan);
    case 'sso': {
      const { token } = hop;
      if (token === null || token.decision === 'sign-in')
        return state('sign-in', `You need to sign in: ${tokenSentence(token)}.`, token?.login);
      const renewed = token.decision === 'refresh' ? ', once it is renewed' : '';
      return state('ready', `Ready: the token gets the role's credentials${renewed}.`);
    }
    case 'assume-role': {
      const source = readiness(deps, plan.source, inner);
      if (source.state !== 'ready') return source;
      const { mfaSerial } = plan.request;
      return mfaSerial === undefined
        ? state('ready', 'Ready: STS gives the role for the credentials below.')
        : state('mfa', `A code from ${mfaSerial} is needed.`, `awsher whoami --profile ${plan.profile}`);
    }
    case 'web-identity':
      return hop.facts.some(({ value }) => value.endsWith('(there is no such file)'))
        ? broken(
            deps,
            plan.profile,
            'web_identity_token_file',
            `The token file ${plan.tokenFile} does not exist.`,
          )
        : state('ready', 'Ready: STS gives the role for the token in that file.');
    case 'process': {
      const program = programOf(plan.command);
      // A bare name is looked for in PATH; the AWS CLI takes `~` as it is.
      if (/^[~/][^"'\\]*$/.test(program) && !existsSync(program))
        return broken(deps, plan.profile, 'credential_process', `The program ${program} does not exist.`);
      return state(
        'unknown',
        'Only running the program shows what it returns.',
        `awsher whoami --profile ${plan.profile}`,
      );
    }
    default:
      return state('unknown', 'Only asking the machine shows that.', 'awsher whoami');
  }
}

function tokenSentence(token: Hop['token']): string {
  const sentence = token?.sentence ?? 'is missing';
  return sentence === NO_TOKEN ? 'you have not signed in yet' : `the token ${sentence}`;
}

function keysReadiness({ clock, config }: ExplainDeps, plan: Extract<Plan, { kind: 'keys' }>): Readiness {
  const { sessionToken } = plan;
  const section = plan.from === 'environment' ? undefined : config.profiles.get(plan.profile);
  const expiresAt = plan.expiresAt ?? writtenEnd(section)?.at;
  if (expiresAt !== undefined && expiresAt <= clock.now()) {
    const where = plan.from === 'environment' ? 'in the environment' : 'in that file';
    const next = section?.values.has('x_principal_arn') ? 'awsher migrate saml2aws' : undefined;
    return state('expired', `The keys ${where} have expired.`, next);
  }
  return state(
    'ready',
    sessionToken === undefined
      ? 'Ready: the keys are used as is.'
      : 'Ready, as long as the temporary keys last.',
  );
}

function broken({ config }: ExplainDeps, profile: string, key: string, sentence: string): Readiness {
  const at = config.profiles.get(profile)?.values.get(key);
  const next =
    at === undefined ? null : `${writeIn(at, `${key} = PATH`)}, with the full path of one that exists`;
  return { state: 'broken', sentence, next };
}

function state(name: VerdictState, sentence: string, next?: string): Readiness {
  return { state: name, sentence, next: next === undefined ? null : `run \`${next}\`` };
}

const KEY_SOURCES = {
  environment: 'env',
  credentials: 'shared-credentials-file',
  config: 'config-file',
} as const satisfies Record<string, SourceName>;

function sourceOf(plan: Plan): SourceName {
  switch (plan.kind) {
    case 'sso':
    case 'assume-role':
      return plan.kind;
    case 'web-identity':
      return 'assume-role-with-web-identity';
    case 'process':
      return 'custom-process';
    case 'container':
      return 'container-role';
    case 'instance':
      return 'iam-role';
    case 'keys':
      return KEY_SOURCES[plan.from];
    default:
      return plan satisfies never;
  }
}

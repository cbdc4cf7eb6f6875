import { AwsherError, toAwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Plan } from '../../aws/resolver/credential-plan.ts';
import { planProfile } from '../../aws/resolver/plan-profile.ts';
import type { TraceEvent } from '../../aws/resolver/trace.ts';
import { type ConfigFile, inspectConfigFile } from '../../base/files/config-file.ts';
import { parseIni } from '../../base/formats/ini-document.ts';
import { readSharedConfig, type SharedConfig } from '../../base/formats/profiles.ts';
import { disagreementsOf } from './disagreements.ts';
import { readEnvironment } from './environment.ts';
import { hopsOf } from './hops.ts';
import { type ExplainDeps, innermost, type Question } from './question.ts';
import type { NamedBy, ReadFile, Step, Story } from './story.ts';
import { isReadyByCacheAlone, verdictOf } from './verdict.ts';

type Place = Omit<ExplainDeps, 'config'>;

interface Asked {
  readonly profile: string;
  readonly namedBy: NamedBy;
  /** Whether anybody has signed in is no matter: tokens and cached roles are not looked at. */
  readonly configAlone?: true;
}

/**
 * Where a profile's credentials come from: the resolver's own plan and the reasons that it gave, and what the files say
 * about each part of it. Asks nobody, writes nothing, and tells of broken files in place of throwing.
 */
export const tellStory = (request: Place & Asked): Story => openStories(request).tell(request);

/** The stories of any number of profiles, of files that are read once. */
export function openStories({ paths, env, clock }: Place): {
  config: SharedConfig;
  tell: (asked: Asked) => Story;
} {
  const read = [
    readAsWritten(paths.configFile, 'config'),
    readAsWritten(paths.credentialsFile, 'credentials'),
  ] as const;
  const [config, credentials] = read.map(({ text }) => text);
  const deps: ExplainDeps = {
    paths,
    env,
    clock,
    config: readSharedConfig(
      { file: paths.configFile, document: config?.document ?? parseIni('') },
      { file: paths.credentialsFile, document: credentials?.document ?? parseIni('') },
    ),
  };
  const files = read.map(({ file }) => file);
  const problems = read.flatMap(({ file, text }) =>
    (text?.problems.slice(0, 1) ?? []).map((problem) => ({ file: file.file, problem })),
  );
  const lines = new Map(read.map(({ file, text }) => [file.file, linesOf(text)]));
  return { config: deps.config, tell: (asked) => storyOf(deps, asked, { files, problems, lines }) };
}

interface ReadFiles extends Pick<Question, 'problems' | 'lines'> {
  readonly files: readonly ReadFile[];
}

function storyOf(deps: ExplainDeps, asked: Asked, { files, problems, lines }: ReadFiles): Story {
  const { profile, namedBy } = asked;
  const steps: Step[] = [];
  const outcome = planOrError(deps, asked, steps);
  const plan = outcome instanceof AwsherError ? undefined : outcome;
  const isLookedAt = plan !== undefined && !(asked.configAlone && innermost(plan)?.kind === 'sso');
  const hops = isLookedAt ? hopsOf(deps, plan) : [];
  return {
    version: 1,
    profile,
    namedBy,
    verdict: verdictOf(deps, outcome, { files, hops, steps }),
    environment: readEnvironment({ env: deps.env, namedBy, profile, steps }),
    files,
    steps,
    hops,
    disagreements: disagreementsOf({
      deps,
      plan,
      profile,
      namedBy,
      byCacheAlone: plan !== undefined && isReadyByCacheAlone(deps, plan, hops),
      problems,
      lines,
    }),
    notes: notesOf(deps.env, asked, files),
  };
}

function planOrError(deps: ExplainDeps, { profile, namedBy }: Asked, steps: Step[]): Plan | AwsherError {
  try {
    return planProfile({
      config: deps.config,
      credentialsFile: deps.paths.credentialsFile,
      env: deps.env,
      profile,
      explicit: namedBy === 'argument',
      trace: (event) => void steps.push(stepOf(event)),
    });
  } catch (thrown) {
    return toAwsherError(thrown);
  }
}

function stepOf({ profile, source, outcome, reason, hop, file, line }: TraceEvent): Step {
  return { profile, source, outcome, reason, hop: hop ?? 0, file: file ?? null, line: line ?? null };
}

function readAsWritten(
  file: string,
  kind: ReadFile['kind'],
): { file: ReadFile; text: ConfigFile | undefined } {
  try {
    const text = inspectConfigFile(file);
    const problems = text.problems.map(({ line, message }) => ({ line, message }));
    return { file: { file, kind, exists: text.exists, problems }, text };
  } catch (thrown) {
    const { message } = toAwsherError(thrown);
    return { file: { file, kind, exists: true, problems: [{ line: 0, message }] }, text: undefined };
  }
}

function linesOf(file: ConfigFile | undefined): string[] {
  return file?.document.lines.map(({ text }) => text) ?? [];
}

function notesOf(env: Place['env'], { namedBy, profile }: Asked, files: readonly ReadFile[]): string[] {
  const notes: string[] = [];
  if (files.some(({ problems }) => problems.length > 0)) {
    notes.push('The AWS CLI and boto3 reject such a file entirely. This shows what the other SDKs see.');
  }
  if (namedBy === 'argument' && env.AWS_ACCESS_KEY_ID) {
    notes.push(
      `A command without \`--profile ${profile}\` uses the keys in the environment, whatever AWS_PROFILE says.`,
    );
  }
  return notes;
}

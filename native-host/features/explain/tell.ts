import { AwsherError, toAwsherError } from '../../../shared/errors/awsher-error.ts';
import type { ServerClock } from '../../aws/calls/server-clock.ts';
import type { Plan } from '../../aws/resolver/credential-plan.ts';
import { planProfile } from '../../aws/resolver/plan-profile.ts';
import type { TraceEvent } from '../../aws/resolver/trace.ts';
import { type ConfigFile, inspectConfigFile } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import { parseIni } from '../../base/formats/ini-document.ts';
import { readSharedConfig } from '../../base/formats/profiles.ts';
import { disagreementsOf } from './disagreements.ts';
import { readEnvironment } from './environment.ts';
import type { ExplainDeps } from './explain-deps.ts';
import { hopsOf } from './hops.ts';
import type { NamedBy, ReadFile, Step, Story } from './story.ts';
import { isReadyByCacheAlone, verdictOf } from './verdict.ts';

export interface TellRequest {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: ServerClock;
  readonly profile: string;
  readonly namedBy: NamedBy;
}

/**
 * Where a profile's credentials come from: the resolver's own plan and the reasons that it gave, and what the files say
 * about each part of it. Asks nobody, writes nothing, and tells of broken files in place of throwing.
 */
export function tellStory(request: TellRequest): Story {
  const { paths, env, clock, profile, namedBy } = request;
  const read = [look(paths.configFile, 'config'), look(paths.credentialsFile, 'credentials')] as const;
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
  const steps: Step[] = [];
  const outcome = planOrError(deps, request, steps);
  const plan = outcome instanceof AwsherError ? undefined : outcome;
  const files = read.map(({ file }) => file);
  const hops = plan === undefined ? [] : hopsOf(deps, plan);
  return {
    version: 1,
    profile,
    namedBy,
    verdict: verdictOf(deps, outcome, { files, hops, steps }),
    environment: readEnvironment({ env, namedBy, profile, steps }),
    files,
    steps,
    hops,
    disagreements: disagreementsOf({
      deps,
      plan,
      profile,
      namedBy,
      byCacheAlone: plan !== undefined && isReadyByCacheAlone(deps, plan, hops),
      problems: read.flatMap(({ file, text }) =>
        (text?.problems.slice(0, 1) ?? []).map((problem) => ({ file: file.file, problem })),
      ),
      lines: new Map(read.map(({ file, text }) => [file.file, linesOf(text)])),
    }),
    notes: notesOf(request, files),
  };
}

function planOrError(
  deps: ExplainDeps,
  { profile, namedBy }: TellRequest,
  steps: Step[],
): Plan | AwsherError {
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

function look(file: string, kind: ReadFile['kind']): { file: ReadFile; text: ConfigFile | undefined } {
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

function notesOf({ namedBy, env, profile }: TellRequest, files: readonly ReadFile[]): string[] {
  const notes: string[] = [];
  if (files.some(({ problems }) => problems.length > 0)) {
    notes.push(
      'The AWS CLI and boto3 refuse a file like that as a whole. What is shown is what SDKs see that read on.',
    );
  }
  if (namedBy === 'argument' && env.AWS_ACCESS_KEY_ID) {
    notes.push(
      `A command without \`--profile ${profile}\` uses the keys in the environment, whatever AWS_PROFILE says.`,
    );
  }
  return notes;
}

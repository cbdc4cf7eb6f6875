import type { AgentsRule } from '../../../shared/agents-rule.ts';
import type { Asker } from '../../../shared/fields.ts';
import { isOwnName } from '../../base/platform/browser-variable.ts';
import type { Context } from '../../base/platform/context.ts';
import type { ProcessInfo } from '../../base/platform/processes.ts';
import { ruled } from './agent-rule.ts';
import { describeAsker, told } from './asker.ts';
import { profileOf } from './asker-profile.ts';
import { codingAgent } from './coding-agents.ts';
import { knownCommand, programWords } from './known-commands.ts';

/** Who stands behind an address that was handed over. */
export interface Origin {
  asker: Asker;
  /** The known sign-in command, and the processes above it that are one too (a launcher and its child). */
  family: ProcessInfo[];
}

/** Programs between a command and the browser that it wants; they start what they are told and nothing else. */
const GO_BETWEEN =
  /^(xdg-open|sensible-browser|x-www-browser|www-browser|gio|open|env|setsid|nohup|timeout|npx|volta-shim)$/;
/** Runners that are one with these words alone: `npm start` is a program of the project, and no go-between. */
const RUNNER = /^(npm|pnpm|mise|asdf)$/;
const RUNS = /^(exec|x|dlx)$/;
const SHELL = /^(sh|bash|dash|zsh|ksh|fish|cmd|powershell|pwsh)$/i;
const ONE_COMMAND = /^(-[a-z]*c|\/c|-command|-encodedcommand|-file)$/i;

/**
 * The command that asked for the approval: the nearest ancestor that does not merely pass the address on. Only that one
 * counts. A sign-in command further up may be the parent of a whole shell (`aws-vault exec ... -- bash`), in which a
 * link of a mail is opened as well. Throws AGENT_DENIED for a coding agent where the rule lets none sign in.
 */
export function originOf(
  context: Context,
  ancestors: readonly ProcessInfo[],
  rule: AgentsRule = 'ask',
): Origin {
  const index = ancestors.findIndex((ancestor) => !passesOn(ancestor));
  const nearest = ancestors[index];
  const above = index < 0 ? [] : ancestors.slice(index + 1);
  const agent = ruled(codingAgent(ancestors, context.env), rule);
  if (!nearest) return { asker: describeAsker(context, 'unknown', { agent }), family: [] };
  const known = knownCommand(nearest);
  const launchers = above.findIndex((ancestor) => knownCommand(ancestor) === null);
  const family = known === null ? [] : [nearest, ...above.slice(0, Math.max(0, launchers))];
  const command = told(known ?? firstWords(nearest)) || 'unknown';
  const profile = known === null ? undefined : profileOf(nearest.args ?? [], context.env);
  const parents = above.map(({ name }) => told(name)).filter((name) => name !== '');
  return {
    asker: { ...describeAsker(context, command, { parents, profile, agent }), pid: nearest.pid },
    family,
  };
}

function passesOn({ name, args }: ProcessInfo): boolean {
  const [program = name, ...rest] = programWords(args ?? [name]);
  if (GO_BETWEEN.test(program)) return true;
  if (RUNNER.test(program)) return RUNS.test(rest[0] ?? '');
  if (SHELL.test(program)) return runsOneCommand(program, rest);
  return [program, ...rest.slice(0, 2)].some(isOwnName);
}

/** `sh -c ...`, but neither `bash -ic ...` nor `pwsh -NoExit -Command ...`; of what follows the command nothing counts. */
function runsOneCommand(shell: string, words: readonly string[]): boolean {
  const at = words.findIndex((word) => ONE_COMMAND.test(word));
  const options = words.slice(0, at + 1);
  const windows = /^(cmd|powershell|pwsh)$/i.test(shell);
  return (
    at >= 0 &&
    !options.some((word) =>
      windows ? /^(\/k|-noe(x(i(t)?)?)?)$/i.test(word) : /^(-[a-z]*i[a-z]*|--interactive)$/i.test(word),
    )
  );
}

const firstWords = ({ name, args }: ProcessInfo): string =>
  args ? programWords(args).slice(0, 3).join(' ') : name;

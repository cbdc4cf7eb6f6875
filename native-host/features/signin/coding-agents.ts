import type { ProcessInfo } from '../../base/platform/processes.ts';
import { programWords } from './known-commands.ts';

interface CodingAgent {
  /** As its maker writes it. */
  readonly name: string;
  /** Variables that it sets for the programs that it starts, as `NAME=value`. */
  readonly variables?: RegExp;
  /** File names of its program. */
  readonly programs: RegExp;
}

/**
 * Programs that type commands by themselves, as of 2026-11-30, from their documentation and their issue threads. A person who sets such a
 * variable in a shell of their own is asked, too; an agent that takes its marks away, in a process tree that does not show it, is not
 * told from a person. CURSOR_TRACE_ID marks nobody: Cursor sets it in every terminal, a person's too (web-infra-dev/rstest #994, 2026-03-03;
 * vercel-labs/skills #1549, 2026-06-29).
 */
export const CODING_AGENTS: readonly CodingAgent[] = [
  { name: 'Claude Code', variables: /^CLAUDECODE=/, programs: /^claude$/ },
  { name: 'Codex', variables: /^CODEX_SANDBOX/, programs: /^codex$/ },
  {
    name: 'Cursor',
    variables: /^CURSOR_(AGENT=|EXTENSION_HOST_ROLE=agent-exec$)/,
    programs: /^cursor-agent$/,
  },
  { name: 'Gemini CLI', variables: /^GEMINI_CLI=/, programs: /^gemini$/ },
  { name: 'OpenCode', variables: /^OPENCODE=/, programs: /^opencode$/ },
  { name: 'Aider', variables: /^AIDER_/, programs: /^aider$/ },
  { name: 'Goose', variables: /^GOOSE_/, programs: /^goosed?$/ },
  { name: 'GitHub Copilot', variables: /^COPILOT_AGENT_/, programs: /^copilot$/ },
  { name: 'Kiro', variables: /^KIRO_/, programs: /^kiro-cli$/ },
  { name: 'Amp', programs: /^amp$/ },
];

/** The coding agent in whose hands a process is, by its ancestors or else by the variables that it was given; `null`: none that is known. */
export function codingAgent(
  ancestors: readonly Pick<ProcessInfo, 'name' | 'args'>[],
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  for (const { name, args } of ancestors) {
    const [program = name] = programWords(args ?? [name]);
    // A script may give its process a name of its own, and a command line is what the program says it is.
    const found = CODING_AGENTS.find(({ programs }) => programs.test(program) || programs.test(name));
    if (found) return found.name;
  }
  const set = Object.entries(env).flatMap(([name, value = '']) => (value === '' ? [] : [`${name}=${value}`]));
  return (
    CODING_AGENTS.find(({ variables }) => set.some((variable) => variables?.test(variable)))?.name ?? null
  );
}

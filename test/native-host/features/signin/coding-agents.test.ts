import { describe, expect, it } from 'vitest';
import { CODING_AGENTS, codingAgent } from '../../../../native-host/features/signin/coding-agents.ts';

/** Ancestors from command lines, the parent first. */
const tree = (...lines: string[]) =>
  lines.map((line) => ({ name: (line.split(' ')[0] ?? '').replace(/^.*\//, ''), args: line.split(' ') }));

describe('a coding agent', () => {
  it.each([
    ['Claude Code', { CLAUDECODE: '1' }],
    ['Codex', { CODEX_SANDBOX_NETWORK_DISABLED: '1' }],
    ['Cursor', { CURSOR_AGENT: '1' }],
    ['Cursor', { CURSOR_TRACE_ID: 'ab12', CURSOR_EXTENSION_HOST_ROLE: 'agent-exec' }],
    ['Gemini CLI', { GEMINI_CLI: '1' }],
    ['OpenCode', { OPENCODE: '1' }],
    ['Aider', { AIDER_MODEL: 'x' }],
    ['Goose', { GOOSE_TERMINAL: '1' }],
    ['GitHub Copilot', { COPILOT_AGENT_SESSION: 'x' }],
    ['Kiro', { KIRO_AGENT: '1' }],
  ])('%s, by %j', (name, env) => {
    expect(codingAgent(tree('-zsh', 'tmux'), { PATH: '/bin', ...env })).toBe(name);
  });

  it.each([
    ['Claude Code', 'bash -c awsher login', 'claude', '-zsh'],
    ['Claude Code', 'sh', 'node /usr/local/bin/claude --resume'],
    ['Codex', '/opt/codex/codex exec'],
    ['Cursor', 'sh', '/home/ana/.local/bin/cursor-agent'],
    ['Aider', 'python3 -m aider'],
    ['Aider', '/usr/bin/python3.12 /home/ana/.local/bin/aider'],
    ['OpenCode', 'opencode'],
    ['Kiro', 'C:\\Tools\\kiro-cli.exe chat'],
    ['Amp', 'node /usr/lib/node_modules/.bin/amp'],
  ])('%s, above %s', (name, ...lines) => {
    expect(codingAgent(tree(...lines), {})).toBe(name);
  });

  it.each([
    [['-zsh', 'code', 'systemd'], { TERM_PROGRAM: 'vscode', VSCODE_INJECTION: '1' }],
    [['-zsh', 'cursor', 'systemd'], { TERM_PROGRAM: 'vscode', CURSOR_TRACE_ID: 'ab12' }],
    [['-zsh', 'cursor', 'systemd'], { CURSOR_EXTENSION_HOST_ROLE: 'user' }],
    [['-zsh', 'idea', 'systemd'], { TERMINAL_EMULATOR: 'JetBrains-JediTerm' }],
    [['vim claude', '-bash', 'sshd'], {}],
    [['-fish'], { CLAUDECODE: '', EDITOR: 'claude' }],
    [['bash -c claude', 'tmux'], {}],
    [[], {}],
  ])('is not a person: %j with %j', (lines, env) => {
    expect(codingAgent(tree(...lines), env)).toBeNull();
  });

  it('has a name of its own in the table', () => {
    expect(new Set(CODING_AGENTS.map(({ name }) => name)).size).toBe(CODING_AGENTS.length);
  });
});

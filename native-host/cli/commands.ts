import type { Command } from './command.ts';

/** Every command by name, loaded when it is needed: a command pays for itself only. In the order of `--help`. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  login: async () => (await import('./commands/login.ts')).command,
  logout: async () => (await import('./commands/logout.ts')).command,
  status: async () => (await import('./commands/status.ts')).command,
  whoami: async () => (await import('./commands/whoami.ts')).command,
  use: async () => (await import('./commands/use.ts')).command,
  prompt: async () => (await import('./commands/prompt.ts')).command,
  accounts: async () => (await import('./commands/accounts.ts')).command,
  profiles: async () => (await import('./commands/profiles.ts')).command,
  import: async () => (await import('./commands/import.ts')).command,
  explain: async () => (await import('./commands/explain.ts')).command,
  files: async () => (await import('./commands/files.ts')).command,
  audit: async () => (await import('./commands/audit.ts')).command,
  'credential-process': async () => (await import('./commands/credential-process.ts')).command,
  export: async () => (await import('./commands/export.ts')).command,
  exec: async () => (await import('./commands/exec.ts')).command,
  console: async () => (await import('./commands/console.ts')).command,
  saml: async () => (await import('./commands/saml.ts')).command,
  'open-url': async () => (await import('./commands/open-url.ts')).command,
  history: async () => (await import('./commands/history.ts')).command,
  'setup-shell': async () => (await import('./commands/setup-shell.ts')).command,
  install: async () => (await import('./commands/install.ts')).install,
  uninstall: async () => (await import('./commands/uninstall.ts')).uninstall,
  doctor: async () => (await import('./commands/doctor.ts')).command,
  completion: async () => (await import('./commands/completion.ts')).completion(COMMANDS),
};

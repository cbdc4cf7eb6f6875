import type { Command } from './command.ts';

/** Every command by name, loaded when it is needed: a command pays for itself only. In the order of `--help`. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  login: async () => (await import('./commands/login.ts')).command,
  install: async () => (await import('./commands/install.ts')).install,
  uninstall: async () => (await import('./commands/uninstall.ts')).uninstall,
};

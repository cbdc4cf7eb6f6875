import type { Command, CommandGroup } from './command.ts';

type Load = () => Promise<Command | CommandGroup>;

/** Every command by name, loaded when it is needed: a command pays for itself only. In the groups and the order of the help. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, Load>>>> = {
  'Every day': {
    login: async () => (await import('./commands/login.ts')).command,
    logout: async () => (await import('./commands/logout.ts')).command,
    status: async () => (await import('./commands/status.ts')).command,
    whoami: async () => (await import('./commands/whoami.ts')).command,
    use: async () => (await import('./commands/use.ts')).command,
    exec: async () => (await import('./commands/exec.ts')).command,
    export: async () => (await import('./commands/export.ts')).command,
    console: async () => (await import('./commands/console.ts')).command,
  },
  Accounts: {
    accounts: async () => (await import('./commands/accounts.ts')).command,
    profiles: async () => (await import('./commands/profiles.ts')).group,
    import: async () => (await import('./commands/import.ts')).command,
    saml: async () => (await import('./commands/saml.ts')).group,
  },
  Understand: {
    explain: async () => (await import('./commands/explain.ts')).command,
    doctor: async () => (await import('./commands/doctor.ts')).command,
    audit: async () => (await import('./commands/audit.ts')).command,
    files: async () => (await import('./commands/files.ts')).command,
    history: async () => (await import('./commands/history.ts')).command,
    help: async () => (await import('./commands/help.ts')).help(COMMANDS, groupOf),
    version: async () => (await import('./commands/version.ts')).command,
  },
  'Set up': {
    install: async () => (await import('./commands/install.ts')).install,
    uninstall: async () => (await import('./commands/uninstall.ts')).uninstall,
    'setup-shell': async () => (await import('./commands/setup-shell.ts')).command,
    completion: async () => (await import('./commands/completion.ts')).completion(COMMANDS),
    migrate: async () => (await import('./commands/migrate.ts')).command,
    upgrade: async () => (await import('./commands/upgrade.ts')).command,
  },
  'For programs': {
    'credential-process': async () => (await import('./commands/credential-process.ts')).command,
    prompt: async () => (await import('./commands/prompt.ts')).command,
    'open-url': async () => (await import('./commands/open-url.ts')).command,
  },
};

export const COMMANDS: Readonly<Record<string, Load>> = Object.assign({}, ...Object.values(GROUPS));

/** Where the help lists a command. */
export function groupOf(name: string): string {
  return Object.entries(GROUPS).find(([, commands]) => Object.hasOwn(commands, name))?.[0] ?? '';
}

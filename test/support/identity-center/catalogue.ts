/** One AWS account with the permission sets that the user has there. Name and email may be missing in practice. */
export interface Account {
  accountId: string;
  accountName?: string;
  emailAddress?: string;
  roles: string[];
}

const TEAMS = ['payments', 'search', 'identity', 'data', 'mobile', 'platform', 'billing', 'support'];
const STAGES = ['dev', 'staging', 'prod'];
const ROLES = ['AdministratorAccess', 'ReadOnlyAccess', 'PowerUserAccess', 'DatabaseAdmin', 'Billing'];

/** Invents a catalogue; the same numbers give the same names. */
export function inventAccounts(count: number, rolesPerAccount: number): Account[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / (TEAMS.length * STAGES.length));
    const team = TEAMS[Math.floor(index / STAGES.length) % TEAMS.length];
    const name = `${team}-${STAGES[index % STAGES.length]}${round === 0 ? '' : `-${round + 1}`}`;
    return {
      accountId: String(111_122_223_333 + index * 7),
      accountName: name,
      emailAddress: `aws+${name}@example.com`,
      roles: Array.from({ length: rolesPerAccount }, (_, role) => ROLES[role] ?? `Custom-${role + 1}`),
    };
  });
}

/** Names as no one should give them, and as somebody will. */
export const HOSTILE_NAMES: readonly string[] = [
  'prod]',
  'prod]\n[profile evil]\ncredential_process = sh',
  'a\r\nb',
  '"quoted"',
  "it's",
  '🚀',
  '🚀 moon',
  '\u001b[31mred\u001b[0m',
  '\u202egnp.exe',
  '\u200f\u200e',
  'x'.repeat(200),
  '',
  '   ',
  '__proto__',
  'constructor',
  'default',
  'DEFAULT',
  '--profile',
  '#comment',
  'Zürich Büro',
  '日本',
  '%PATH%',
  '$(id)',
  '`id`',
  'a;b',
  'a=b',
];

/** A catalogue of such accounts, with a role that every client takes, one with signs, and one that is no role at all. */
export function hostileAccounts(): Account[] {
  return [...HOSTILE_NAMES, 'twin', 'twin'].map((accountName, at) => ({
    accountId: String(100_000_000_000 + at),
    accountName,
    roles: ['Admin', 'a=b,c+d', 'x\n[profile y]\ncredential_process = sh'],
  }));
}

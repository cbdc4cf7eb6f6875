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

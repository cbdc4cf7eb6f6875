import type { Asker } from './fields.ts';

/** What a coding agent gets that asks for a new sign-in: a question to the person, a no, or what a person gets. */
export const AGENTS_RULES = ['ask', 'deny', 'allow'] as const;
export type AgentsRule = (typeof AGENTS_RULES)[number];

/**
 * The rule for who asks: the administrator's policy of this browser, else what the settings of the command say. A person that
 * asks is no agent. (Where the settings say `deny`, the command has not come this far.)
 */
export function agentsRule(
  { agent, agentRule }: Pick<Asker, 'agent' | 'agentRule'>,
  policy: AgentsRule | null,
): AgentsRule {
  if (agent === undefined) return 'allow';
  return policy ?? agentRule ?? 'ask';
}

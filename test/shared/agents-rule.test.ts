import { expect, it } from 'vitest';
import { agentsRule } from '../../shared/agents-rule.ts';

const agent = { agent: 'Codex' };
const allowed = { ...agent, agentRule: 'allow' as const };

it.each([
  ['a person', {}, null, 'allow'],
  ['a person, whatever the policy says', {}, 'deny', 'allow'],
  ['an agent', agent, null, 'ask'],
  ['an agent that the settings allow', allowed, null, 'allow'],
  ['an agent that the settings allow, and the policy does not', allowed, 'ask', 'ask'],
  ['an agent that the settings allow, and the policy denies', allowed, 'deny', 'deny'],
  ['an agent that the policy allows', agent, 'allow', 'allow'],
] as const)('%s', (_who, asker, policy, rule) => {
  expect(agentsRule(asker, policy)).toBe(rule);
});

it('takes no word for being allowed without an agent', () => {
  expect(agentsRule({ agentRule: 'allow' as const }, 'ask')).toBe('allow');
});

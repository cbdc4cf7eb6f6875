import type { AgentsRule } from '../../../shared/agents-rule.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Asker } from '../../../shared/fields.ts';
import type { Paths } from '../../base/files/paths.ts';
import type { Context } from '../../base/platform/context.ts';
import { ancestors } from '../../base/platform/processes.ts';
import { readSettings } from '../settings/own-settings.ts';
import { codingAgent } from './coding-agents.ts';

/** The coding agent that asks, and whether the settings let it sign in as a person does; nothing where a person asks. */
export type AskingAgent = Pick<Asker, 'agent' | 'agentRule'>;

/** The coding agent that types this command. Throws AGENT_DENIED where the rule lets none sign in. */
export async function askingAgent(context: Context, rule: AgentsRule): Promise<AskingAgent> {
  const { pid, platform, env } = context;
  return ruled(codingAgent(await ancestors(pid, { platform }), env), rule);
}

/** What the browser is told of an agent. Throws AGENT_DENIED. */
export function ruled(agent: string | null, rule: AgentsRule): AskingAgent {
  if (agent === null) return {};
  if (rule === 'deny') throw agentDenied(agent, 'sign in');
  return { agent, ...(rule === 'allow' ? { agentRule: 'allow' } : {}) };
}

/** The rule for coding agents as it stands; the question where the settings cannot be read. Never throws. */
export function agentsRule(paths: Pick<Paths, 'configDir'>): AgentsRule {
  try {
    return readSettings(paths).agents ?? 'ask';
  } catch {
    return 'ask';
  }
}

/** What an agent hears that the settings let do nothing. `what` it may not: `sign in`. */
export function agentDenied(agent: string, what: string): AwsherError {
  return new AwsherError(
    'AGENT_DENIED',
    `awsher's settings do not let a coding agent ${what}, and ${agent} runs this command.`,
    { hint: `stop here and ask the person at this computer to ${what}` },
  );
}

/** What an agent hears that asked in vain: not to try again, and whom to ask. Other errors stay what they are. */
export function forAgent(thrown: unknown, { agent }: AskingAgent): unknown {
  if (agent === undefined || !(thrown instanceof AwsherError) || thrown.code !== 'SIGN_IN_CANCELLED')
    return thrown;
  return new AwsherError(
    'SIGN_IN_CANCELLED',
    `The person at this computer did not approve the sign-in that ${agent} asked for.`,
    { hint: 'stop here, do not try again, and ask them', cause: thrown },
  );
}

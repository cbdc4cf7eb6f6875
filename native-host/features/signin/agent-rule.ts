import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Paths } from '../../base/files/paths.ts';
import type { Context } from '../../base/platform/context.ts';
import { ancestors } from '../../base/platform/processes.ts';
import type { AgentsRule } from '../settings/choices.ts';
import { readSettings } from '../settings/own-settings.ts';
import { codingAgent } from './coding-agents.ts';

/**
 * The coding agent that types this command, if the person has to be asked because of it. `null`: a person types, or the settings
 * let agents sign in as persons do. Throws AGENT_DENIED where they let none.
 */
export async function agentToAskAbout(context: Context, rule: AgentsRule): Promise<string | null> {
  if (rule === 'allow') return null;
  const { pid, platform, env } = context;
  const agent = codingAgent(await ancestors(pid, { platform }), env);
  if (agent === null || rule === 'ask') return agent;
  throw agentDenied(agent, 'sign in');
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
    `awsher's settings let no coding agent ${what}, and ${agent} runs this command.`,
    { hint: `stop here and ask the person at this computer to ${what}` },
  );
}

/** What an agent hears that asked in vain: not to try again, and whom to ask. Other errors stay what they are. */
export function forAgent(thrown: unknown, agent: string | null): unknown {
  if (agent === null || !(thrown instanceof AwsherError) || thrown.code !== 'SIGN_IN_CANCELLED')
    return thrown;
  return new AwsherError(
    'SIGN_IN_CANCELLED',
    `The person at this computer did not approve the sign-in that ${agent} asked for.`,
    { hint: 'stop here, do not try again, and ask them', cause: thrown },
  );
}

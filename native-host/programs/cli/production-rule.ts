import { mayDeny } from '../../base/files/own-config.ts';
import { type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import type { Context } from '../../base/platform/context.ts';
import { ancestors } from '../../base/platform/processes.ts';
import { accountNames } from '../../features/catalogue/account-names.ts';
import { accountMark } from '../../features/settings/account-mark.ts';
import { readSettings } from '../../features/settings/own-settings.ts';
import { agentDenied } from '../../features/signin/agent-rule.ts';
import { codingAgent } from '../../features/signin/coding-agents.ts';

/**
 * With `agents = deny` no coding agent has the credentials of a profile whose account the production pattern marks. Throws
 * AGENT_DENIED; SETTINGS_INVALID where settings with that word cannot be read.
 */
export async function keepFromAgents(
  { paths, pid, platform, env }: Context,
  config: SharedConfig,
  profile: string,
): Promise<void> {
  if (!mayDeny(paths)) return;
  const settings = readSettings(paths);
  if (settings.agents !== 'deny') return;
  const accountId = accountOf(config, profile);
  const names = accountNames(paths, config).filter((one) => one.accountId === accountId);
  const marks = [{ accountName: '' }, ...names].map(({ accountName }) =>
    accountMark(settings, { accountId, accountName }),
  );
  if (!marks.some(({ production }) => production)) return;
  const agent = codingAgent(await ancestors(pid, { platform }), env);
  if (agent !== null) throw agentDenied(agent, `use the production profile ${profile}`);
}

/** The account whose credentials a profile gives, as far as the config tells. */
function accountOf({ profiles }: SharedConfig, profile: string): string {
  const section = profiles.get(profile);
  const role = textValue(section, 'role_arn')?.split(':')[4];
  return role ?? textValue(section, 'sso_account_id') ?? textValue(section, 'aws_account_id') ?? '';
}

import { type AgentsRule, agentsRule } from '../../../shared/agents-rule.ts';
import type { Asker } from '../../../shared/fields.ts';
import type { SaidOfSession } from '../../../shared/session-settings.ts';
import { applyManaged, type ManagedSettings } from '../../../shared/settings/managed.ts';
import { managedAnswer, managedStorage } from '../../platform/storage.ts';
import { computerSlot, settingsSlot } from './state.ts';

/** The settings of this moment, and what `config.ini` says of sessions. */
export async function effectiveSettings(): Promise<ManagedSettings & { said: readonly SaidOfSession[] }> {
  const [own, { noDeviceCodes, sessions: said }, stored] = await Promise.all([
    settingsSlot.read(),
    computerSlot.read(),
    managedStorage(),
  ]);
  const effective = applyManaged({ ...own, noDeviceCodes }, stored);
  neverByCode = effective.settings.noDeviceCodes;
  return { ...effective, said };
}

let neverByCode = false;
/** Whether sign-ins on this computer never go by a device code, as far as is known: a notice waits for nothing. */
export const noDeviceCodes = (): boolean => neverByCode;

/**
 * What counts before anything is approved for this program: whether the person, or their administrator, wants to be asked about
 * everything, and the rule for coding agents. It waits for what the browser says of the policy now.
 */
export async function beforeApproval(
  asker: Pick<Asker, 'agent' | 'agentRule'>,
): Promise<{ ask: boolean; agents: AgentsRule }> {
  const [own, stored] = await Promise.all([settingsSlot.read(), managedAnswer()]);
  const { settings, agents } = applyManaged(own, stored);
  return { ask: settings.ask, agents: agentsRule(asker, agents) };
}

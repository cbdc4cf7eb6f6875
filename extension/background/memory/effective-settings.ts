import type { Asker } from '../../../shared/fields.ts';
import { applyManaged, type ManagedSettings } from '../../../shared/settings/managed.ts';
import { managedAnswer, managedStorage } from '../../platform/storage.ts';
import { computerSlot, settingsSlot } from './state.ts';

/** The settings of this moment. */
export async function effectiveSettings(): Promise<ManagedSettings> {
  const [own, { noDeviceCodes }, stored] = await Promise.all([
    settingsSlot.read(),
    computerSlot.read(),
    managedStorage(),
  ]);
  const effective = applyManaged({ ...own, noDeviceCodes }, stored);
  neverByCode = effective.settings.noDeviceCodes;
  return effective;
}

let neverByCode = false;
/** Whether sign-ins on this computer never go by a device code, as far as is known: a notice waits for nothing. */
export const noDeviceCodes = (): boolean => neverByCode;

/**
 * Whether the person is asked before anything is approved for this program: they, or their administrator, want it so, or it is
 * a coding agent, whatever the switch says. It waits for what the browser says of the policy now.
 */
export async function asksFirst({ agent }: Asker): Promise<boolean> {
  if (agent !== undefined) return true;
  const [own, stored] = await Promise.all([settingsSlot.read(), managedAnswer()]);
  return applyManaged(own, stored).settings.ask;
}

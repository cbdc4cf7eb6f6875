import { applyManaged, type ManagedSettings } from '../../shared/settings/managed.ts';
import { lastManaged, managedStorage } from '../platform/storage.ts';
import { settingsSlot } from './state.ts';

/** The settings of this moment; storage is read each time, so that a new policy counts at once. */
export async function effectiveSettings(): Promise<ManagedSettings> {
  const [own, stored] = await Promise.all([settingsSlot.read(), managedStorage()]);
  return applyManaged(own, stored);
}

/** The settings as they were known last, at once: for the greeting of the host, which waits for no policy. */
export async function knownSettings(): Promise<ManagedSettings> {
  const [own, stored] = await Promise.all([settingsSlot.read(), lastManaged()]);
  void managedStorage();
  return applyManaged(own, stored);
}

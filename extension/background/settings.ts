import { applyManaged, type ManagedSettings } from '../../shared/settings/managed.ts';
import { managedStorage } from '../platform/storage.ts';
import { settingsSlot } from './state.ts';

/** The settings of this moment. */
export async function effectiveSettings(): Promise<ManagedSettings> {
  const [own, stored] = await Promise.all([settingsSlot.read(), managedStorage()]);
  return applyManaged(own, stored);
}

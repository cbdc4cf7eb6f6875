import * as v from 'valibot';
import { api, type Port } from '../../platform/api.ts';
import { slot } from '../../platform/storage.ts';

/** Whether the browser holds a newer version ready; survives a background that was put to sleep. */
const waiting = slot('session', 'update', v.boolean(), false);

/**
 * The host's port keeps the background awake, so a browser would hold a store's update back until it is started again.
 * The update is taken at a quiet moment instead: nothing is under way (`busy`), and no page of awsher's own is open. What
 * `storage.session` knew ends with it, so `busy` must count every code that a page may still come with. Call it in the
 * first turn. The alarm of main.ts looks again twice a minute.
 */
export function takeUpdates(busy: () => Promise<boolean>): void {
  const open = new Set<Port>();
  const takeIfQuiet = async (): Promise<void> => {
    if ((await waiting.read()) && !(await busy()) && open.size === 0) api.runtime.reload();
  };
  api.runtime.onConnect.addListener((port) => {
    open.add(port);
    port.onDisconnect.addListener(() => open.delete(port));
  });
  api.alarms.onAlarm.addListener(() => void takeIfQuiet());
  api.runtime.onUpdateAvailable.addListener(() => void waiting.write(true).then(takeIfQuiet));
}

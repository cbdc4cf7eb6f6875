import type { Context } from '../../base/platform/context.ts';
import { connectedBrowsers } from './browser-sign-in.ts';

/** Tells every connected browser that something in `~/.aws` changed, so that open views ask again. Never fails. */
export async function tellBrowsers(context: Context): Promise<void> {
  try {
    for (const host of await connectedBrowsers(context)) {
      if (host.otherProtocol === null) host.peer.notify('sessions.changed', {});
      host.close();
    }
  } catch {
    // A view that is a moment behind is no reason to fail a command that has done its work.
  }
}

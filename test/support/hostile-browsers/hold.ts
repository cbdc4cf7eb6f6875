declare global {
  /** The extension's functions as its background has them, where this runs in another document. */
  var background: typeof chrome | undefined;
  var release: () => Promise<void>;
}

/**
 * Runs in a world of the extension: its background's next write with `marked` in it waits for `release()`, which resolves when
 * a page has answered an order to press.
 */
export function holdInStorage(marked: string): void {
  const { session } = (globalThis.background ?? chrome).storage;
  const { set } = session;
  const { onMessage } = chrome.runtime;
  let letGo = () => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    onMessage.addListener(function hear(message: unknown) {
      if (typeof message !== 'object' || message === null || Reflect.get(message, 'type') !== 'page.pressed')
        return;
      onMessage.removeListener(hear);
      resolve();
    });
  });
  globalThis.release = () => {
    letGo();
    return answered;
  };
  Object.assign(session, {
    set: async (items: Record<string, unknown>) => {
      if (JSON.stringify(items).includes(marked)) {
        Object.assign(session, { set });
        await released;
      }
      await Reflect.apply(set, session, [items]);
    },
  });
}

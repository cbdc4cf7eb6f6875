import { api } from './api.ts';

/** Why a native port ended. Chromium tells in words, Firefox mostly not at all. */
export type PortEnd = 'missing' | 'forbidden' | 'failed';

export interface NativePort {
  send(message: object): void;
  disconnect(): void;
}

/** Opens the port to the native host. The browser starts one host process for each port. */
export function openNativePort(
  host: string,
  onMessage: (message: unknown) => void,
  onEnd: (end: PortEnd) => void,
): NativePort {
  const port = api.runtime.connectNative(host);
  port.onMessage.addListener(onMessage);
  port.onDisconnect.addListener((ended) => {
    const inFirefox: unknown = Reflect.get(ended, 'error');
    const text = api.runtime.lastError?.message ?? (inFirefox instanceof Error ? inFirefox.message : '');
    onEnd(endOf(text));
  });
  return { send: (message) => port.postMessage(message), disconnect: () => port.disconnect() };
}

function endOf(text: string): PortEnd {
  if (/not found|no such native application/i.test(text)) return 'missing';
  if (/forbidden|not allowed/i.test(text)) return 'forbidden';
  return 'failed';
}

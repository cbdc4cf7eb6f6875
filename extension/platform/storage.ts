import * as v from 'valibot';
import { api } from './api.ts';

/**
 * One value in an extension storage area, parsed on the way in: what an older version left behind, or a hand edited,
 * counts as absent.
 */
export interface Slot<T> {
  read(): Promise<T>;
  write(value: T): Promise<void>;
}

export function slot<S extends v.GenericSchema>(
  area: 'session' | 'local',
  key: string,
  schema: S,
  absent: v.InferOutput<S>,
): Slot<v.InferOutput<S>> {
  return {
    async read() {
      const stored = (await api.storage[area].get(key))[key];
      const parsed = v.safeParse(schema, stored);
      return parsed.success ? parsed.output : absent;
    },
    async write(value) {
      await api.storage[area].set({ [key]: value });
    },
  };
}

/** What an administrator gives by policy, unparsed. Firefox throws where there is no policy; that is no error. */
export async function managedStorage(): Promise<unknown> {
  try {
    return await api.storage.managed.get();
  } catch {
    return {};
  }
}

/** Tells when an administrator's policy has changed. */
export function onManagedChanged(changed: () => void): void {
  api.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') changed();
  });
}

/** Calls when somebody has written one of these values of `storage.local`. Returns how to stop it. */
export function watchLocal(keys: readonly string[], changed: () => void): () => void {
  const listener = (changes: Record<string, unknown>, area: string): void => {
    if (area === 'local' && keys.some((key) => Object.hasOwn(changes, key))) changed();
  };
  api.storage.onChanged.addListener(listener);
  return () => api.storage.onChanged.removeListener(listener);
}

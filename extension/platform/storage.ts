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

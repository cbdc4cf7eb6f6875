import { afterEach, beforeEach } from 'vitest';
import { api } from '../../extension/platform/api.ts';

/** The extension's storage as a map, for each test of a file anew. Returns what is kept. */
export function fakeStorage(): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const area = {
    get: async (key: string) => ({ [key]: kept[key] }),
    set: async (values: object) => void Object.assign(kept, values),
  };
  beforeEach(() => {
    for (const key of Object.keys(kept)) delete kept[key];
    Reflect.set(api, 'storage', { local: area, session: area });
  });
  afterEach(() => void Reflect.deleteProperty(api, 'storage'));
  return kept;
}

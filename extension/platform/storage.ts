import * as v from 'valibot';
import { api } from './api.ts';
import { sleep } from './time.ts';

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

/**
 * Chromium leaves some calls of `managed.get()` without any answer (156, measured: about one in five, more of them while
 * the browser starts). Nobody waits for one who need not: the answer of last time counts until there is another.
 */
const MANAGED_MS = 500;
const MANAGED_TRIES = 60;
/** How long a decision waits for the policy of this moment before that of last time counts. */
const MANAGED_WAITED_MS = 800;
const LAST_MANAGED = 'managed.last';
const managedListeners = new Set<() => void>();
/** The browser's answer in this run of the background; a change of the policy takes it away. */
let managed: object | null = null;
let asking: Promise<object | null> | null = null;

/**
 * What an administrator gives by policy, unparsed. Firefox throws where there is no policy; that is no error. At once, but
 * for the first time ever; `onManagedChanged` tells when the browser's answer is another one than last time.
 */
export async function managedStorage(): Promise<unknown> {
  if (managed !== null) return managed;
  const { [LAST_MANAGED]: last } = await api.storage.local.get(LAST_MANAGED);
  const answer = askManaged();
  if (last !== undefined) return last;
  const first = await within(MANAGED_MS, answer);
  // Once is enough to have waited.
  if (first === null) await api.storage.local.set({ [LAST_MANAGED]: {} });
  return first ?? {};
}

/**
 * What an administrator gives by policy at this moment, unparsed. Where the browser does not say it within a second (a hand-over has two for everything), what it said
 * last time: some starts of Chromium never answer, and a question at random would teach people to click it away.
 */
export async function managedAnswer(): Promise<unknown> {
  const answer = managed ?? (await within(MANAGED_WAITED_MS, askManaged()));
  return answer ?? (await api.storage.local.get(LAST_MANAGED))[LAST_MANAGED] ?? {};
}

const within = <T>(milliseconds: number, wanted: Promise<T>): Promise<T | null> =>
  Promise.race([wanted, sleep(milliseconds).then(() => null)]);

/** Asks again and again until there is an answer; one that comes late counts, too. `null`: there is none. */
function askManaged(): Promise<object | null> {
  if (asking !== null) return asking;
  const mine = untilAnswered();
  asking = mine;
  void mine.finally(() => {
    if (asking === mine) asking = null;
  });
  return mine;
}

async function untilAnswered(): Promise<object | null> {
  const calls: Promise<object>[] = [];
  for (let tries = 0; tries < MANAGED_TRIES; tries++) {
    calls.push(api.storage.managed.get().catch(() => ({})));
    const answer = await within(MANAGED_MS, Promise.race(calls));
    if (answer === null) continue;
    await remember(answer);
    return answer;
  }
  return null;
}

/** Keeps the answer, and tells when it is another one than last time. */
async function remember(answer: object): Promise<void> {
  managed = answer;
  const { [LAST_MANAGED]: last } = await api.storage.local.get(LAST_MANAGED);
  if (JSON.stringify(last) === JSON.stringify(answer)) return;
  await api.storage.local.set({ [LAST_MANAGED]: answer });
  if (JSON.stringify(last ?? {}) === JSON.stringify(answer)) return;
  for (const changed of managedListeners) changed();
}

/** Tells when an administrator's policy has changed. */
export function onManagedChanged(changed: () => void): void {
  managedListeners.add(changed);
  api.storage.onChanged.addListener((_changes, area) => {
    if (area !== 'managed') return;
    managed = null;
    asking = null;
    void askManaged();
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

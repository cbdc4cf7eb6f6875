/** What the extension's storage holds, and how the background answers the view of accounts and roles. */
export interface FakeRolesOptions {
  /** `storage.local` by key. */
  stored: Record<string, unknown>;
  /** Fields of the answer by type of question; a question without one is answered by nothing. */
  answers: Record<string, object>;
}

type Listener = (message: unknown) => void;
type Changed = (changes: Record<string, unknown>, area: string) => void;

/** Storage and the port named `roles`, as far as the view needs them. */
export function fakeRoles({ stored, answers }: FakeRolesOptions) {
  const local = new Map(Object.entries(stored));
  const changed = new Set<Changed>();
  const listeners = new Set<Listener>();
  const asked: unknown[] = [];
  const say: Listener = (message) => {
    for (const listener of listeners) listener(message);
  };
  const set = async (values: Record<string, unknown>): Promise<void> => {
    for (const [key, value] of Object.entries(values)) local.set(key, value);
    for (const listener of changed) listener(values, 'local');
  };
  return {
    asked,
    say,
    set,
    stored: () => Object.fromEntries(local),
    storage: {
      local: {
        get: async (key: string) => (local.has(key) ? { [key]: structuredClone(local.get(key)) } : {}),
        set,
      },
      onChanged: {
        addListener: (listener: Changed) => changed.add(listener),
        removeListener: (listener: Changed) => changed.delete(listener),
      },
    },
    connect: () => ({
      postMessage(message: { id: number; ask: { type: string } }) {
        asked.push(message.ask);
        const answer = answers[message.ask.type];
        if (answer) setTimeout(() => say({ ...answer, id: message.id }), 0);
      },
      disconnect: () => listeners.clear(),
      onMessage: { addListener: (listener: Listener) => listeners.add(listener) },
      onDisconnect: { addListener: () => {} },
    }),
  };
}

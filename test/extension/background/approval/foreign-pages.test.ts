import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createForeignPages } from '../../../../extension/background/approval/foreign-pages.ts';
import type { BackgroundState } from '../../../../extension/background/memory/kept-state.ts';
import { tabState } from '../../../../extension/background/memory/state.ts';
import { decide } from '../../../../shared/approval/decide.ts';
import type { LoggedDecision } from '../../../../shared/approval/decision-log.ts';
import { confirmScene, HOST, TAB, THEIRS } from '../../../shared/approval/scenes.ts';

// What the person says to a notice, and what of it counts: the browser's tabs are a map, everything else is as it ships.

const tabs = vi.hoisted(() => new Map<number, string>());
const told = vi.hoisted(() => new Set<number>());
vi.mock('../../../../extension/platform/tabs.ts', () => ({
  describeTab: async (tabId: number) => ({
    url: tabs.get(tabId),
    complete: true,
    active: true,
    isPrivate: false,
  }),
  tellTab: async (tabId: number) => void told.add(tabId),
}));
vi.mock('../../../../extension/background/approval/page-orders.ts', () => ({
  noticeFor: async (subject: object) => ({ do: 'notice', ...subject }),
}));

const at = (code: string, host = HOST) => `https://${host}/start/#/device?user_code=${code}`;
type Word = Omit<LoggedDecision, 'id' | 'at'>;

const READING = confirmScene({ reading: { shownCodes: [THEIRS] } }).reading;
const AWS = { command: 'aws sso login', pid: 42, startedAt: 0 };

function stage({ running = [AWS] as (typeof AWS)[], answers = true } = {}) {
  let state: BackgroundState = {
    requests: [],
    book: [],
    authorizations: [],
    tabs: [],
    presses: [],
  };
  const takenOn: string[] = [];
  const log: string[] = [];
  const cleared = async ({ codeEnd, host }: Pick<Word, 'codeEnd' | 'host'>) => {
    log.push(`cleared ${codeEnd} ${host}`);
  };
  const host = { call: async () => ({ asker: null }) };
  const never = new Promise<never>(() => {});
  const foreign = createForeignPages({
    store: {
      get: () => state,
      set: (change) => {
        state = { ...state, ...change };
      },
      saved: async () => {},
    },
    // @ts-expect-error a host that answers one question, or nothing at all
    link: { host: () => (answers ? Promise.resolve(host) : never) },
    // @ts-expect-error what the notice asks of it
    waiting: {
      findRunning: () => (answers ? Promise.resolve() : never),
      list: () => (answers ? running.map((one) => ({ ...one, session: null })) : null),
      mayHaveAsked: () => (answers ? running[0] : undefined),
      endpointOverride: () => false,
    },
    handOvers: { takeOn: async (_tab, url) => takenOn.push(url) > 0 },
    // @ts-expect-error what the notice asks of it
    log: {
      said: (word: Word) => log.push(`${word.act} ${word.reason} ${word.codeEnd}`),
      clearForeign: cleared,
    },
  });
  return {
    takenOn,
    log,
    accepted: () => tabState(state, TAB).acceptedCode,
    /** The page reports; the notice that it gets. */
    async report(address: string) {
      tabs.set(TAB, address);
      const scene = {
        ...confirmScene({ address, reading: { shownCodes: [THEIRS] }, book: [] }),
        tab: tabState(state, TAB),
      };
      const order = await foreign.notice(decide(scene), scene);
      if (order.do !== 'notice') throw new Error(`no notice: ${order.do}`);
      return order;
    },
    say: (choice: 'leave' | 'mine' | 'match', notice: string, reading = READING) =>
      foreign.chosen(TAB, { type: 'notice.choice', choice, notice, reading }),
  };
}

beforeEach(() => {
  tabs.clear();
  told.clear();
});

/** The second report: the host has answered by then. */
async function settled({ report }: ReturnType<typeof stage>) {
  await report(at(THEIRS));
  await vi.waitUntil(() => told.has(TAB));
  return report(at(THEIRS));
}

describe('a code that only the page names, not its address', () => {
  const there = 'https://us-east-1.signin.aws/platform/authorize?request_uri=urn%3Aaws%3Atheirs';
  const showing = (...shownCodes: string[]) => confirmScene({ reading: { shownCodes } }).reading;

  it('the person takes on the one that the notice showed', async () => {
    const own = stage();
    const { id, code } = await own.report(there);
    expect(code).toBe(THEIRS);
    expect(await own.say('mine', id)).toEqual({ do: 'withdraw-notice' });
    expect(own.accepted()).toBe(THEIRS);
  });

  it.each([
    ['another one', showing('ZZZZ-9999')],
    ['none any more', showing()],
  ])('not when the page shows %s by then', async (_name, reading) => {
    const own = stage();
    const { id } = await own.report(there);
    expect(await own.say('mine', id, reading)).toEqual({ do: 'watch' });
    expect(own.accepted()).toBeNull();
  });
});

describe('the notice', () => {
  it('says that it is looking, then asks to compare, in one notice', async () => {
    const own = stage();
    const first = await own.report(at(THEIRS));
    const second = await settled(own);
    expect([first.state, second.state]).toEqual(['checking', 'compare']);
    expect([first.id, first.code, first.host]).toEqual([second.id, THEIRS, HOST]);
  });

  it('says that nobody asked where nothing runs', async () => {
    expect((await settled(stage({ running: [] }))).state).toBe('stranger');
  });

  it('stops saying that it is looking when the host does not answer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { report } = stage({ answers: false });
    expect((await report(at(THEIRS))).state).toBe('checking');
    vi.setSystemTime(Date.now() + 2_000);
    expect((await report(at(THEIRS))).state).toBe('stranger');
    vi.useRealTimers();
  });
});

describe('the word of the person counts', () => {
  it('for the code of the notice: it is taken on, or the page is shown', async () => {
    const own = stage();
    const { id } = await settled(own);
    expect(await own.say('match', id)).toEqual({ do: 'withdraw-notice' });
    expect(own.takenOn).toEqual([at(THEIRS)]);
    expect(own.log).toEqual(['accepted confirmed-by-person 45', `cleared 45 ${HOST}`]);
    const other = stage();
    const notice = await settled(other);
    await other.say('mine', notice.id);
    expect(other.accepted()).toBe(THEIRS);
    expect(other.log).toEqual(['accepted accepted-by-person 45', `cleared 45 ${HOST}`]);
  });

  it.each([
    ['another code', at('QQQQ-2222')],
    ['another host', at(THEIRS, 'rival.awsapps.com')],
    ['no code', `https://${HOST}/start/`],
  ])('not when the tab has come to %s meanwhile', async (_what, address) => {
    for (const choice of ['match', 'mine'] as const) {
      const own = stage();
      const { id } = await settled(own);
      tabs.set(TAB, address);
      expect(await own.say(choice, id)).toEqual({ do: 'watch' });
      expect([own.takenOn, own.accepted()]).toEqual([[], null]);
    }
  });

  it('not under another name than that of the notice', async () => {
    const own = stage();
    await settled(own);
    expect(await own.say('match', 'another')).toEqual({ do: 'watch' });
    expect(await own.say('mine', 'another')).toEqual({ do: 'watch' });
    expect([own.takenOn, own.accepted()]).toEqual([[], null]);
  });

  it('not as a match where no command runs any more', async () => {
    const running = [AWS];
    const own = stage({ running });
    const { id } = await settled(own);
    running.pop();
    expect(await own.say('match', id)).toEqual({ do: 'watch' });
    expect(own.takenOn).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { createFirstRun, FIRST_RUN_MS } from '../../../../extension/background/signs/first-run.ts';
import type { HostState } from '../../../../shared/protocol/internal.ts';
import { CONNECTED, unavailable } from '../../../support/views/states.ts';

const CONNECTING: HostState = { state: 'connecting' };

/** One installation with a clock of its own; `restart` is what a browser does to a sleeping background. */
function installation() {
  let clock = 1_000_000;
  let state = CONNECTING;
  let stored: number | null = null;
  let timers: { at: number; expired: () => void }[] = [];
  let opened = 0;
  const begin = () =>
    createFirstRun({
      slot: {
        read: () => Promise.resolve(stored),
        async write(value) {
          stored = value;
        },
      },
      host: () => state,
      now: () => clock,
      startTimer(milliseconds, expired) {
        const timer = { at: clock + milliseconds, expired };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
      async openWelcome() {
        opened += 1;
      },
    });
  let run = begin();
  const turn = () => new Promise<void>((done) => setImmediate(done));
  return {
    opened: () => opened,
    installed: () => run.installed(clock),
    async host(next: HostState) {
      state = next;
      await run.openIfDue();
      await turn();
    },
    async pass(milliseconds: number) {
      clock += milliseconds;
      const due = timers.filter(({ at }) => at <= clock);
      timers = timers.filter(({ at }) => at > clock);
      for (const { expired } of due) expired();
      await turn();
    },
    async restart(asleep: number) {
      timers = [];
      clock += asleep;
      run = begin();
      await run.resume();
      await turn();
    },
  };
}

describe('the first run', () => {
  it('opens the welcome page when no host has answered for three seconds, once', async () => {
    const it = installation();
    await it.installed();
    await it.host(unavailable('missing'));
    await it.pass(FIRST_RUN_MS - 1);
    expect(it.opened()).toBe(0);
    await it.pass(1);
    expect(it.opened()).toBe(1);
    await it.host(CONNECTING);
    await it.host(unavailable('missing'));
    await it.pass(60_000);
    await it.restart(60_000);
    expect(it.opened()).toBe(1);
  });

  it.each([
    ['it answers', CONNECTED],
    ['it is too old', unavailable('too-old')],
    ['it is too new', unavailable('too-new')],
  ])('opens nothing when a host was there first: %s', async (_, answer) => {
    const it = installation();
    await it.installed();
    await it.host(answer);
    await it.pass(FIRST_RUN_MS);
    await it.host(unavailable('missing'));
    await it.pass(60_000);
    expect(it.opened()).toBe(0);
  });

  it('opens nothing when the host comes within the three seconds', async () => {
    const it = installation();
    await it.installed();
    await it.host(unavailable('missing'));
    await it.pass(2_000);
    await it.host(CONNECTED);
    await it.pass(5_000);
    expect(it.opened()).toBe(0);
  });

  it('waits for the word of a host that the browser has started on a busy computer', async () => {
    const it = installation();
    await it.installed();
    await it.pass(20_000);
    expect(it.opened()).toBe(0);
    await it.host(CONNECTED);
    expect(it.opened()).toBe(0);
    const other = installation();
    await other.installed();
    await other.pass(20_000);
    await other.host(unavailable('failed'));
    expect(other.opened()).toBe(1);
  });

  it('goes on where a stopped background was', async () => {
    const it = installation();
    await it.installed();
    await it.host(unavailable('missing'));
    await it.restart(1_000);
    expect(it.opened()).toBe(0);
    await it.pass(2_000);
    expect(it.opened()).toBe(1);
    const late = installation();
    await late.installed();
    await late.host(unavailable('missing'));
    await late.restart(40_000);
    expect(late.opened()).toBe(1);
  });

  it('opens nothing when nothing was installed: an update, a start of the browser', async () => {
    const it = installation();
    await it.restart(0);
    await it.host(unavailable('missing'));
    await it.pass(60_000);
    expect(it.opened()).toBe(0);
  });
});

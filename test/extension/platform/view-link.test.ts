import { describe, expect, it } from 'vitest';
import { openViewLink, type ViewPort } from '../../../extension/platform/view-link.ts';
import { viewState } from '../../support/views/states.ts';

const SILENCE_MS = 5_000;

/** Ports that a test opens and ends by hand, and timers that it lets expire. */
function desk({ refusals = 0 } = {}) {
  const ports: { sent: unknown[]; message(message: unknown): void; end(): void; dead: boolean }[] = [];
  const timers: { milliseconds: number; expired: () => void }[] = [];
  const silence: typeof timers = [];
  const events: string[] = [];
  let refuse = refusals;
  const connect = (): ViewPort => {
    if (refuse-- > 0) throw new Error('Could not establish connection.');
    const onMessage: ((message: unknown) => void)[] = [];
    const onDisconnect: (() => void)[] = [];
    const port = {
      sent: [] as unknown[],
      dead: false,
      message: (message: unknown) => onMessage.forEach((listener) => void listener(message)),
      end: () => {
        port.dead = true;
        onDisconnect.forEach((listener) => void listener());
      },
    };
    ports.push(port);
    return {
      postMessage: (message) => {
        if (port.dead) throw new Error('Attempting to use a disconnected port object');
        port.sent.push(message);
      },
      disconnect: () => {
        port.dead = true;
      },
      onMessage: { addListener: (listener) => onMessage.push(listener) },
      onDisconnect: { addListener: (listener) => onDisconnect.push(listener) },
    };
  };
  const link = openViewLink({
    connect,
    startTimer: (milliseconds, expired) => {
      const timer = { milliseconds, expired };
      (milliseconds === SILENCE_MS ? silence : timers).push(timer);
      return () => {
        timers.splice(0, timers.length, ...timers.filter((one) => one !== timer));
        silence.splice(0, silence.length, ...silence.filter((one) => one !== timer));
      };
    },
    onState: (state) => events.push(`state ${state.version}`),
    onRefused: (error) => events.push(`refused ${error.code}`),
    onLost: () => events.push('lost'),
  });
  return { link, ports, timers, silence, events, expire: () => timers.shift()?.expired() };
}

describe('the link of a view', () => {
  it('hands on what parses, and nothing else', () => {
    const { ports, events } = desk();
    ports[0]?.message({ type: 'state', state: viewState() });
    ports[0]?.message({ type: 'refused', error: { code: 'NAME_INVALID', message: 'No.' } });
    ports[0]?.message({ type: 'state', state: { ...viewState(), token: 'x' } });
    ports[0]?.message({ type: 'state' });
    ports[0]?.message(null);
    expect(events).toEqual(['state 0.1.0', 'refused NAME_INVALID']);
  });

  it('comes back when the worker was put to sleep, with what was asked meanwhile', () => {
    const { link, ports, expire } = desk();
    ports[0]?.end();
    link.send({ type: 'authorize', session: 'corp' });
    expect(ports).toHaveLength(1);
    expire();
    expect(ports[1]?.sent).toEqual([{ type: 'authorize', session: 'corp' }]);
  });

  it('keeps a request whose port is dead before it says so', () => {
    const { link, ports, expire } = desk();
    const [first] = ports;
    if (first) first.dead = true;
    link.send({ type: 'host.retry' });
    first?.end();
    expire();
    expect(ports[1]?.sent).toEqual([{ type: 'host.retry' }]);
  });

  it('waits longer each time, says once that nobody answers, and starts anew after a state', () => {
    const { ports, timers, events, expire } = desk({ refusals: 6 });
    const waits: (number | undefined)[] = [];
    for (let round = 0; round < 6; round++) {
      waits.push(timers[0]?.milliseconds);
      expire();
    }
    expect(waits).toEqual([50, 100, 200, 400, 800, 1600]);
    expect(events).toEqual(['lost']);
    ports[0]?.message({ type: 'state', state: viewState() });
    ports[0]?.end();
    expect(timers[0]?.milliseconds).toBe(50);
  });

  it('says that nobody answers when nothing comes that is a state', () => {
    const { ports, silence, events } = desk();
    ports[0]?.message({ type: 'state' });
    silence[0]?.expired();
    expect(events).toEqual(['lost']);
    const answered = desk();
    answered.ports[0]?.message({ type: 'state', state: viewState() });
    expect(answered.silence).toEqual([]);
  });

  it('does nothing after it was closed', () => {
    const { link, ports, timers, silence, events } = desk();
    link.close();
    ports[0]?.message({ type: 'state', state: viewState() });
    ports[0]?.end();
    link.send({ type: 'host.retry' });
    expect({ events, timers, silence, ports: ports.length }).toEqual({
      events: [],
      timers: [],
      silence: [],
      ports: 1,
    });
  });
});

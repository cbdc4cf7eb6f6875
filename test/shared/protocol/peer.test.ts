import { describe, expect, it } from 'vitest';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { createPeer } from '../../../shared/protocol/peer.ts';
import { CLIENT, link, manualTimers, SERVER, settle } from './linked-peers.ts';

const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof AwsherError ? error.code : error),
  );

describe('a call', () => {
  it('brings the answer, both ways and many at once', async () => {
    const { client, server } = link();
    const sums = await Promise.all([1, 2, 3].map((a) => client.call('add', { a, b: 10 })));
    expect(sums).toEqual([{ sum: 11 }, { sum: 12 }, { sum: 13 }]);
    await expect(server.call('ask', {})).resolves.toEqual({ answer: 'client' });
  });

  it('gets each answer to its own question, whatever the order', async () => {
    const open: (() => void)[] = [];
    const { client } = link({
      add: ({ a, b }) => new Promise((done) => open.push(() => done({ sum: a + b }))),
    });
    const answers = [client.call('add', { a: 1, b: 0 }), client.call('add', { a: 2, b: 0 })];
    await settle();
    for (const answer of open.reverse()) answer();
    expect(await Promise.all(answers)).toEqual([{ sum: 1 }, { sum: 2 }]);
  });

  it('brings code, sentence and hint of an error', async () => {
    const { client } = link({
      add: () => {
        throw new AwsherError('SIGN_IN_DENIED', 'No.', {
          hint: 'ask again',
          cause: new Error('inner token'),
        });
      },
    });
    const error = await client.call('add', { a: 1, b: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SIGN_IN_DENIED', message: 'No.', hint: 'ask again', exitCode: 3 });
    expect(error).not.toHaveProperty('cause');
  });

  it('to a method that the other side does not have fails there, under every name', async () => {
    const { server, wire } = link();
    for (const method of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'hint', 'nothing']) {
      server.receive({ jsonrpc: '2.0', id: 1, method, params: {} });
      await settle();
      expect(JSON.parse(wire.at(-1) ?? '')).toMatchObject({
        id: 1,
        error: { data: { code: 'PROTOCOL_MESSAGE' } },
      });
    }
  });

  it('of a method that this side does not know is refused before it is sent', async () => {
    const { client, wire } = link();
    // @ts-expect-error -- no such method
    expect(await code(client.call('constructor', {}))).toBe('INTERNAL');
    expect(wire).toEqual([]);
  });

  it('with params of another form is refused without the handler', async () => {
    let calls = 0;
    const { server, wire } = link({ add: () => ({ sum: ++calls }) });
    for (const params of [undefined, null, [], {}, { a: 1 }, { a: '1', b: 2 }, { a: 1, b: 2, c: 3 }]) {
      server.receive({ jsonrpc: '2.0', id: 1, method: 'add', params });
      await settle();
      expect(wire.at(-1)).toContain('PROTOCOL_MESSAGE');
    }
    expect(calls).toBe(0);
  });

  it('fails when the answer has another form', async () => {
    const { client } = link();
    const answer = code(client.call('wait', {}));
    client.receive({ jsonrpc: '2.0', id: 1, result: { done: 'yes' } });
    expect(await answer).toBe('PROTOCOL_MESSAGE');
  });
});

describe('a wait', () => {
  it('ends at its deadline; the late answer changes nothing', async () => {
    const { client, timers } = link();
    const answer = code(client.call('wait', {}, { deadlineMs: 5_000 }));
    expect([...timers.running.values()]).toEqual([5_000]);
    timers.expireAll();
    expect(await answer).toBe('HOST_LOST');
    client.receive({ jsonrpc: '2.0', id: 1, result: { done: true } });
    await settle();
  });

  it('leaves no timer behind, however it ends', async () => {
    const { client, timers } = link();
    const stop = new AbortController();
    await client.call('add', { a: 1, b: 1 }, { deadlineMs: 1 });
    const given = code(client.call('wait', {}, { deadlineMs: 1, signal: stop.signal }));
    stop.abort();
    expect(await given).toBe('INTERRUPTED');
    const lost = code(client.call('wait', {}, { deadlineMs: 1 }));
    client.close(new AwsherError('BROWSER_LOST', 'Gone.'));
    expect(await lost).toBe('BROWSER_LOST');
    expect(timers.running.size).toBe(0);
  });

  it('is not even begun with a signal that has ended', async () => {
    const { client, wire } = link();
    expect(await code(client.call('wait', {}, { signal: AbortSignal.abort() }))).toBe('INTERRUPTED');
    expect(wire).toEqual([]);
  });

  it('ends with the link, for open calls and later ones', async () => {
    const { client, server, closeBoth, wire } = link();
    const open = [code(client.call('wait', {})), code(client.call('wait', {}))];
    await settle();
    closeBoth(new AwsherError('HOST_LOST', 'Gone.', { hint: 'try again' }));
    expect(await Promise.all(open)).toEqual(['HOST_LOST', 'HOST_LOST']);
    expect(await code(client.call('add', { a: 1, b: 1 }))).toBe('HOST_LOST');
    const before = wire.length;
    client.notify('hint', { text: 'late' });
    server.receive({ jsonrpc: '2.0', id: 9, method: 'add', params: { a: 1, b: 1 } });
    await settle();
    expect(wire).toHaveLength(before);
  });

  it('keeps the first reason when the link is closed twice', async () => {
    const { client } = link();
    client.close(new AwsherError('HOST_LOST', 'First.'));
    client.close(new AwsherError('BROWSER_LOST', 'Second.'));
    expect(await code(client.call('wait', {}))).toBe('HOST_LOST');
  });

  it('fails at once when the message cannot be sent', async () => {
    const broken = createPeer<typeof CLIENT, typeof SERVER>(SERVER, {
      local: CLIENT,
      handlers: { ask: () => ({ answer: '' }), progress: () => {} },
      send: () => {
        throw new Error('port is gone');
      },
      startTimer: manualTimers().start,
    });
    expect(await code(broken.call('wait', {}))).toBe('HOST_LOST');
    // Nobody hears the answer either; it must not become an unhandled rejection, which fails this run.
    broken.receive({ jsonrpc: '2.0', id: 1, method: 'ask', params: {} });
    await settle();
  });
});

describe('a notification', () => {
  it('arrives in order, between call and answer', async () => {
    const heard: string[] = [];
    const { client, server } = link(
      {
        add: ({ a, b }) => {
          for (const step of ['one', 'two']) server.notify('progress', { step });
          return { sum: a + b };
        },
      },
      { progress: ({ step }) => void heard.push(step) },
    );
    await client.call('add', { a: 1, b: 1 });
    expect(heard).toEqual(['one', 'two']);
  });

  it('of another form or name is dropped and told without its content', async () => {
    const { client, malformed } = link();
    for (const method of ['progress', 'unknown', 'constructor', '__proto__', 'ask']) {
      client.receive({ jsonrpc: '2.0', method, params: { step: ['the-content'] } });
    }
    expect(malformed).toHaveLength(5);
    expect(malformed.join()).not.toContain('the-content');
  });

  it('whose handler fails does not break the link', async () => {
    const { client, malformed } = link(
      {},
      {
        progress: () => {
          throw new Error('a bug');
        },
      },
    );
    expect(() => client.receive({ jsonrpc: '2.0', method: 'progress', params: { step: 'x' } })).not.toThrow();
    expect(malformed).toHaveLength(1);
    await expect(client.call('add', { a: 1, b: 2 })).resolves.toEqual({ sum: 3 });
  });
});

describe('what is no message', () => {
  const junk: unknown[] = [
    undefined,
    null,
    0,
    'text',
    [],
    {},
    [{ jsonrpc: '2.0', id: 1, method: 'add' }],
    { jsonrpc: '1.0', id: 1, method: 'add' },
    { jsonrpc: '2.0' },
    { jsonrpc: '2.0', id: 0, method: 'add' },
    { jsonrpc: '2.0', id: 1.5, method: 'add' },
    { jsonrpc: '2.0', id: '1', method: 'add' },
    { jsonrpc: '2.0', id: 1, method: 'x'.repeat(201) },
    { jsonrpc: '2.0', id: 1, method: 'add', params: {}, extra: 1 },
    { jsonrpc: '2.0', id: 1, result: {}, error: {} },
    { jsonrpc: '2.0', id: 1, error: { code: -1, message: 'x'.repeat(20_000), data: { code: 'NETWORK' } } },
    { jsonrpc: '2.0', id: 1, error: { code: -1, message: 'no data' } },
  ];

  it.each(junk.map((message) => [message]))('is dropped and told: %j', async (message) => {
    const { client, wire, malformed } = link();
    expect(() => client.receive(message)).not.toThrow();
    await settle();
    expect(malformed).toHaveLength(1);
    expect(wire).toEqual([]);
  });

  it('an answer that nobody waits for is ignored', async () => {
    const { client, wire } = link();
    client.receive({ jsonrpc: '2.0', id: 77, result: {} });
    client.receive({ jsonrpc: '2.0', id: 77, error: { code: 1, message: 'x', data: { code: 'NETWORK' } } });
    await settle();
    expect(wire).toEqual([]);
  });
});

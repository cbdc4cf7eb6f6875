import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/secret.ts';
import { link, settle } from './linked-peers.ts';

describe('secrets on the wire', () => {
  const MARKER = 'eyJ-marker-token';

  it('stay out of the error when a handler fails with them', async () => {
    const { client, wire } = link({
      keep: ({ token }) => {
        throw new Error(`could not keep ${token.expose()}`);
      },
    });
    const error = await client.call('keep', { token: MARKER }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INTERNAL' });
    expect(wire.slice(1).join()).not.toContain(MARKER);
    expect(String(error)).not.toContain(MARKER);
  });

  it('stay out of the error when the message is refused', async () => {
    const { server, wire } = link();
    server.receive({ jsonrpc: '2.0', id: 1, method: 'keep', params: { token: MARKER, more: MARKER } });
    server.receive({ jsonrpc: '2.0', id: 2, method: MARKER, params: {} });
    await settle();
    expect(wire).toHaveLength(2);
    expect(wire.join()).not.toContain(MARKER);
  });

  it('are masked when one is sent without being exposed', async () => {
    const { client, wire } = link({ keep: () => ({}) });
    // @ts-expect-error -- a Secret is not a string: the mistake does not compile, and leaks nothing either
    await client.call('keep', { token: new Secret(MARKER) });
    expect(wire.join()).not.toContain(MARKER);
  });
});

import * as v from 'valibot';
import { expect } from 'vitest';
import { ViewMessage, type ViewState } from '../../shared/protocol/internal.ts';

/** Runs in a page of the extension: the first state that the background sends to a view. */
export const firstState = () =>
  new Promise<unknown>((resolve) => {
    const port = (globalThis.browser ?? chrome).runtime.connect({ name: 'view' });
    port.onMessage.addListener((message: unknown) => {
      port.disconnect();
      resolve(message);
    });
  });

export function stateIn(message: unknown): ViewState {
  const parsed = v.parse(ViewMessage, message);
  if (parsed.type !== 'state') throw new Error(`no state: ${parsed.type}`);
  return parsed.state;
}

/** Two that count, and two that do not. */
export const policy = (startUrl: string) => ({
  sessions: [
    { name: 'corp', startUrl, region: 'us-east-1' },
    { name: 'bad]', startUrl, region: 'us-east-1' },
  ],
  watch: true,
  ask: 'yes',
  agents: 'deny',
});

export const START_URL = 'https://corp.awsapps.com/start';

export function expectManaged({ sessions, settings, managed }: ViewState): void {
  expect(sessions.map(({ target, source }) => [target.session, target.startUrl, source])).toEqual([
    ['corp', START_URL, 'managed'],
  ]);
  expect(settings).toMatchObject({ watch: true, ask: false });
  expect(managed).toEqual(['watch']);
}

import { expect, it } from 'vitest';
import { createDecisionLog } from '../../../../extension/background/memory/decision-log.ts';
import type { BackgroundState } from '../../../../extension/background/memory/kept-state.ts';
import { decide } from '../../../../shared/approval/decide.ts';
import type { Scene } from '../../../../shared/approval/scene.ts';
import { authorization, authorizationScene } from '../../../shared/approval/authorization-scenes.ts';
import { HOST, NOW } from '../../../shared/approval/scenes.ts';
import { fakeStorage } from '../../../support/fake-storage.ts';

// What the history keeps of the consent pages of other tools' PKCE requests: storage is a map, everything else is as it ships.

fakeStorage();

const TOOL = { id: 'h1', openedAt: NOW, expiresAt: NOW + 600_000 };

function stage() {
  let state: BackgroundState = { requests: [], book: [], authorizations: [], tabs: [], presses: [] };
  const log = createDecisionLog({
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
    },
    saved: async () => {},
  });
  /** The consent page in this tab reports, beside these requests of other tabs. */
  async function report(tabId: number, authorizations: Scene['authorizations']): Promise<void> {
    const scene = authorizationScene({ authorizations, tab: { tabId } });
    await log.decided(decide(scene), scene);
  }
  return { log, report, lines: async () => (await log.all()).map(({ act, reason }) => `${act} ${reason}`) };
}

it('has one line for the consent of another tool, however many requests come and go in other tabs', async () => {
  const { report, lines } = stage();
  await report(7, []);
  for (const id of ['h1', 'h2', 'h3']) await report(7, authorization({ ...TOOL, id, tabId: 8 }));
  await report(7, authorization({ ...TOOL, tabId: 8, expiresAt: NOW - 1 }));
  expect(await lines()).toEqual(['left foreign-authorization']);
  await report(9, authorization({ ...TOOL, tabId: 8 }));
  expect(await lines()).toEqual(['left other-tab', 'left foreign-authorization']);
});

it('has no second line for the consent of a request of which it has said already that it is left', async () => {
  const { log, report, lines } = stage();
  const left = {
    kind: 'hand-over',
    session: null,
    codeEnd: null,
    command: 'aws sso login',
    host: HOST,
  } as const;
  log.said({ ...left, act: 'left', reason: 'listens-too-long' }, 7);
  await report(7, []);
  await report(7, authorization({ ...TOOL, tabId: 8 }));
  expect(await lines()).toEqual(['left listens-too-long']);
});

it('has every other decision about the same page', async () => {
  const { report, lines } = stage();
  await report(7, []);
  await report(7, authorization({ ...TOOL, tabId: 7 }));
  expect(await lines()).toEqual(['pressed-allow all-checks-passed', 'left foreign-authorization']);
});

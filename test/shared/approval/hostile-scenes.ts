import type { Decision, Reason, Scene } from '../../../shared/approval/scene.ts';
import { authorizationScene } from './authorization-scenes.ts';
import { HOSTILE_ADDRESSES } from './hostile-addresses.ts';
import { HOSTILE_AUTHORIZATIONS } from './hostile-authorizations.ts';
import { HOSTILE_CODE_PAGES } from './hostile-code-pages.ts';
import { HOSTILE_CONSENTS } from './hostile-consents.ts';
import { HOSTILE_SIGN_IN_PAGES } from './hostile-sign-in-pages.ts';
import { allowScene, type Change, confirmScene, ENTRY, type Row, signInScene, THEIRS } from './scenes.ts';

/** One attack: what differs from an approved scene, the answer, and every check that stops it by itself. */
export interface Hostile {
  name: string;
  scene: Scene;
  act: Decision['act'];
  reason: Reason;
  /** Without all of these the scene is approved; with any one of them it is not. */
  by: readonly string[];
}

const rows = (table: readonly Row[], scene: (change: Change) => Scene): Hostile[] =>
  table.map(([name, change, act, reason, ...by]) => ({ name, scene: scene(change), act, reason, by }));

export const HOSTILE: readonly Hostile[] = [
  ...rows([...HOSTILE_ADDRESSES, ...HOSTILE_CODE_PAGES], confirmScene),
  ...rows(HOSTILE_SIGN_IN_PAGES, signInScene),
  ...rows(HOSTILE_CONSENTS, allowScene),
  ...rows(HOSTILE_AUTHORIZATIONS, authorizationScene),
  {
    name: "another attempt's code on the page of this one",
    scene: confirmScene({
      reading: { shownCodes: [THEIRS] },
      book: [ENTRY, { ...ENTRY, userCode: THEIRS, attempt: 'a2', tabId: 8 }],
    }),
    act: 'warn',
    reason: 'shown-code-differs',
    by: ['shown-code'],
  },
];

import type { Page } from 'playwright-core';
import * as v from 'valibot';
import type { WaitingCommand } from '../../../extension/background/request/waiting-here.ts';
import { type Settings, ViewRequest, type ViewState } from '../../../shared/protocol/internal.ts';
import type { NoticeKind, NoticeStage } from './notice-stage.ts';

declare global {
  var noticeScript: NoticeStage;
  var fake: {
    requests: unknown[];
    opened: number;
    connections: number;
    setState(state: ViewState): void;
    push(message: unknown): void;
    lengthen(on: boolean): void;
    sleep(): void;
    roles: {
      asked: unknown[];
      say(message: unknown): void;
      set(values: Record<string, unknown>): Promise<void>;
      stored(): Record<string, unknown>;
    };
  };
  var shown: ReturnType<NoticeStage['notice']> | undefined;
}

type Waiting = WaitingCommand[] | null;

/** The notice and the hint line on the page of a test, driven from outside. */
export function noticeStage(page: Page) {
  return {
    notice: (kind: NoticeKind, waiting: Waiting, theme: Settings['theme'] = 'system') =>
      page.evaluate(
        ([kindOf, list, look]) => {
          globalThis.shown = globalThis.noticeScript.notice(kindOf, list, look);
        },
        [kind, waiting, theme] as const,
      ),
    hint: (name: 'please-click' | 'sign-in-goes-on') =>
      page.evaluate((key) => {
        const hint = globalThis.noticeScript.hint(key);
        globalThis.shown = { ...hint, setWaiting: () => {} };
      }, name),
    setWaiting: (waiting: Waiting) => page.evaluate((list) => globalThis.shown?.setWaiting(list), waiting),
    remove: () => page.evaluate(() => globalThis.shown?.remove()),
    choices: () => page.evaluate(() => [...globalThis.noticeScript.choices]),
  };
}

/** The other end of a view's port. */
export function background(page: Page) {
  return {
    /** What the view has asked for so far; a request that the protocol does not know fails the test. */
    requests: async () => v.parse(v.array(ViewRequest), await page.evaluate(() => globalThis.fake.requests)),
    optionsOpened: () => page.evaluate(() => globalThis.fake.opened),
    connections: () => page.evaluate(() => globalThis.fake.connections),
    setState: (state: ViewState) => page.evaluate((next) => globalThis.fake.setState(next), state),
    refuse: (error: { code: string; message: string; hint?: string }) =>
      page.evaluate((wire) => globalThis.fake.push({ type: 'refused', error: wire }), error),
    push: (message: unknown) => page.evaluate((any) => globalThis.fake.push(any), message),
    sleep: () => page.evaluate(() => globalThis.fake.sleep()),
    /** What was asked about roles, what is stored, and what the background says of itself. */
    rolesAsked: () => page.evaluate(() => globalThis.fake.roles.asked),
    stored: () => page.evaluate(() => globalThis.fake.roles.stored()),
    store: (values: Record<string, unknown>) =>
      page.evaluate((any) => globalThis.fake.roles.set(any), values),
    sayToRoles: (message: object) => page.evaluate((any) => globalThis.fake.roles.say(any), message),
  };
}

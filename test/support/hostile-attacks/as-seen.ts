import * as v from 'valibot';
import { BackgroundState } from '../../../extension/background/memory/kept-state.ts';
import { tabState } from '../../../extension/background/memory/state.ts';
import { CHECKS } from '../../../shared/approval/checks.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import { PageReading } from '../../../shared/approval/page-reading.ts';
import type { Scene } from '../../../shared/approval/scene.ts';
import type { Look } from '../judged.ts';

const Lifecycle = v.picklist(['active', 'prerender', 'cached', 'pending_deletion', 'unsupported']);

const isCheck = (name: string): boolean => CHECKS.some((check) => check.name === name);

/** Whether what is decided about the pages as they stand tells that these stop it; the mutants tell it of the others. */
export const isDecided = (by: readonly string[]): boolean =>
  by.some(isCheck) && !by.includes('visible at the press');

/** Those that are no checks: that they stop it, only a build without them can show. */
export const guardsOf = (by: readonly string[]): string[] => by.filter((name) => !isCheck(name));

/** What is decided about these pages of a real browser, if the decision lacks the named checks: act and reason of each. */
export function decidedWithout(names: readonly string[], looks: readonly Look[], kept: unknown): string[] {
  const checks = CHECKS.filter(({ name }) => !names.includes(name));
  return scenesOf(looks, v.parse(BackgroundState, kept)).map((scene) => {
    const { act, reason } = decide(decide(scene).act === 'wait' ? scene : uncovered(scene), checks);
    return `${act}: ${reason}`;
  });
}

/** As the page was before awsher's own notice, or its line that the person is to click, lay over it. */
function uncovered(scene: Scene): Scene {
  const { confirm, allow } = scene.reading;
  const without = { confirm: { ...confirm, covered: false }, allow: { ...allow, covered: false } };
  return { ...scene, reading: { ...scene.reading, ...without } };
}

/** What the background of a real browser has to decide about its tabs: their own reports, and what it keeps. */
function scenesOf(looks: readonly Look[], state: BackgroundState): Scene[] {
  const now = Date.now();
  return looks.flatMap(({ report }) => {
    if (report === null) return [];
    const { address, frameId, lifecycle, reading, tabId } = report;
    return {
      now,
      address,
      routes: PAGE_FACTS.routes,
      frame: { top: frameId === 0, lifecycle: v.parse(Lifecycle, lifecycle) },
      reading: v.parse(PageReading, reading),
      book: state.book,
      authorizations: state.authorizations,
      tab: tabState(state, tabId),
      noDeviceCodes: false,
      recentPresses: 0,
    };
  });
}

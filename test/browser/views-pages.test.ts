import { beforeAll, describe, expect, it } from 'vitest';
import { everyState } from '../support/views/every-state.ts';
import { outOfSight } from '../support/views/in-sight.ts';
import { SCENES } from '../support/views/scenes.ts';

/** Every state of every view but the popup, looked at as a person would. The popup: views-popup.test.ts. */

const scenes = SCENES.filter(({ name }) => !name.startsWith('popup-'));

function never(): never {
  throw new Error('no such scene');
}

everyState(scenes, (reel) => {
  describe('a question about a code', () => {
    // What Chromium leaves of the dialog's window below a title bar of 40 px, and that at 200 %.
    const [whole, half] = [
      { width: 440, height: 560 },
      { width: 220, height: 280 },
    ];
    const code = ['h1', '.user-code', '.advice', '#decline'];
    const all = ['.code-card', '.advice', '.program', '#approve', ...code];

    it.each(
      SCENES.filter(({ name }) => name.startsWith('ask-device')).map((scene) => [scene.name, scene] as const),
    )('%s shows code, command, caution and both answers without scrolling', async (_, scene) => {
      await reel().show(scene);
      await reel().resize(whole);
      expect(await outOfSight(reel().page, all)).toEqual([]);
      await reel().resize(half);
      expect(await outOfSight(reel().page, code)).toEqual([]);
      if (scene.language) return;
      await reel().show(scene, { longer: true });
      await reel().resize(whole);
      expect(await outOfSight(reel().page, all)).toEqual([]);
    });
  });

  it.each([
    ['notice-code', ['h1', '.shield', '.code', '.actions .first']],
    ['notice-code-de', ['h1', '.shield', '.code', '.actions .first']],
    ['notice-running', ['h1', '.code', '.main', '.actions .first']],
    ['notice-never', ['h1', '.shield', '.code', '.actions .first']],
    ['ask-authorization', ['h1', '.facts', '#approve', '#decline']],
    ['welcome-command', ['h1', '.command']],
    ['welcome-sign-in', ['h1', '.step:last-child h2', '.row .button-main']],
  ])('%s at 200 %% shows what matters without scrolling', async (name, wanted) => {
    const scene = SCENES.find((one) => one.name === name) ?? never();
    await reel().show(scene);
    await reel().resize(scene.zoomed[0] ?? never());
    expect(await outOfSight(reel().page, wanted)).toEqual([]);
  });

  describe("awsher's own dialog", () => {
    const answers = () => reel().page.evaluate(() => globalThis.fake.requests);
    beforeAll(async () => {
      await reel().show(SCENES.find(({ name }) => name === 'ask-authorization') ?? never());
    });

    it('takes no approval in its first moment, and the keyboard says no', async () => {
      expect(await reel().page.evaluate(() => document.activeElement?.id)).toBe('decline');
      await reel().at(599);
      await reel().page.click('#approve');
      expect(await answers()).toEqual([]);
      await reel().page.locator('#decline').press('Enter');
      expect(await answers()).toEqual([{ approve: false }]);
    });

    it('takes no click of a script', async () => {
      await reel().at(600);
      await reel().page.evaluate(() => {
        const button = document.querySelector<HTMLElement>('#approve');
        button?.click();
        button?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      });
      expect(await answers()).toEqual([{ approve: false }]);
      await reel().page.click('#approve');
      expect(await answers()).toEqual([{ approve: false }, { approve: true }]);
    });
  });
});

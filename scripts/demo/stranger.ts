import { setTimeout as sleep } from 'node:timers/promises';
import { COMMAND } from '../../test/support/awsher.ts';
import { foreignCode } from '../../test/support/foreign-code.ts';
import { noticeIsOver } from '../../test/support/notice.ts';
import { must } from './failure.ts';
import type { Scene } from './sign-ins.ts';

/** Longer than a press of a code of our own takes. */
const LONGER_THAN_A_PRESS_MS = 1500;

/**
 * Device-code phishing, played for real: somebody else asks AWS for a code and sends its link to our person, whose
 * portal session is alive. One press would hand their accounts over; awsher covers the page and presses nothing.
 */
export async function stopTheStranger({
  screen,
  idc,
  terminal,
  browser,
  pause,
  caption,
}: Scene): Promise<void> {
  const stranger = await foreignCode(idc);
  screen.note('A mail comes. Its sender has just asked AWS for a code, on another computer:');
  screen.quote(`“Your AWS access ends today. Please confirm it: ${stranger.url}”`);
  await caption(
    'a link in a mail',
    'Somebody else asked AWS for a code and sends its link. One press would give them these accounts.',
  );
  await pause(3000);
  const pressed = idc.count('AcceptUserCode');
  const page = await browser.context.newPage();
  await screen.step(
    'opening the link',
    async () => {
      await page.goto(stranger.url);
      const deadline = performance.now() + 30_000;
      while (!(await noticeIsOver(page))) {
        must(
          performance.now() < deadline,
          'No notice came over the page of a code that nobody here asked for.',
        );
        await sleep(25);
      }
    },
    'awsher covered the page: this computer did not ask for that code',
  );
  await pause(4000);
  const error = await screen.step(
    'waiting for a press that must not come',
    async () => {
      await sleep(LONGER_THAN_A_PRESS_MS);
      return stranger.redeem().then(
        () => 'a token',
        ({ name }: Error) => name,
      );
    },
    (name) => `no button was pressed; the stranger asks AWS for the token and gets ${name}`,
  );
  must(idc.count('AcceptUserCode') === pressed, "A stranger's code was confirmed.");
  must(error === 'AuthorizationPendingException', `The stranger got ${error}.`);
  await warned(terminal);
  await page.close();
  await terminal.awsher(['history', '--limit', '1']).done();
}

/** The notice covers the page before it is known who asked; the decision is in the history once it is. */
async function warned(terminal: Scene['terminal']): Promise<void> {
  const deadline = performance.now() + 30_000;
  const last = () => terminal.run(process.execPath, [COMMAND, 'history', '--limit', '1', '--json']);
  while (!/"act": ?"warn/.test(await last())) {
    must(performance.now() < deadline, 'The warning is not in the history.');
    await sleep(100);
  }
}

import type { Step, Told } from '../../../../shared/login/progress.ts';
import type { Context } from '../../../base/platform/context.ts';
import { startTicker } from '../../../base/platform/timers.ts';
import type { Output } from '../output.ts';
import { clip, width } from '../width.ts';

/** What a person reads while each step lasts. */
const WORDS: Readonly<Record<Step, string>> = {
  joined: 'Another terminal is signing in; waiting',
  'permission-needed': 'Press Allow in the browser tab in front',
  'answer-needed': "Press Approve in awsher's window",
  registering: 'Asking AWS to sign in',
  'requesting-code': 'Asking AWS to sign in',
  'opening-page': 'Opening the sign-in page in the background',
  'waiting-for-page': "Waiting for AWS's page",
  'sign-in-needed': 'Sign in on the page now in front of you',
  'signed-in': 'Signed in, continuing',
  confirming: 'Confirming the code',
  allowing: 'Allowing access',
  'click-needed': 'Approve it yourself in the browser tab',
  approved: 'Approved; fetching the token',
  'collecting-token': 'Approved; fetching the token',
  'storing-token': 'Storing the token',
  done: 'Done',
};

/** Steps at which the person has to do something: they are worth a line in a log too. */
const FOR_THE_PERSON: ReadonlySet<Step> = new Set([
  'joined',
  'permission-needed',
  'answer-needed',
  'sign-in-needed',
  'click-needed',
]);

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export interface Progress {
  /** `key`: what one key of the terminal does meanwhile. */
  step(told: Told, key?: string): void;
  /** Any other words while something lasts. */
  say(words: string): void;
  /** Takes the line off the screen. */
  stop(): void;
}

/** One line on stderr that moves on a terminal, and plain lines for the person's part everywhere else. */
export function createProgress(context: Context, output: Output): Progress {
  const { stderr } = context;
  const moves = stderr.isTTY && !output.quiet && context.env.TERM !== 'dumb';
  const startedAt = context.now();
  let words = '';
  let frame = 0;
  let stopTicker = () => {};

  const draw = () => {
    const seconds = Math.floor((context.now() - startedAt) / 1000);
    const time = seconds >= 2 ? output.style.dim(` ${seconds} s`) : '';
    const line = clip(words, stderr.columns - 3);
    const fits = width(line) + 10 < stderr.columns;
    const mark = output.style.green(FRAMES[frame++ % FRAMES.length] ?? '');
    stderr.write(`\r\u001b[K${mark} ${line}${fits ? time : ''}`);
  };
  const say = (next: string) => {
    if (next === words) return;
    const first = words === '';
    words = next;
    if (!moves) return;
    if (first) stopTicker = startTicker(100, draw);
    draw();
  };
  return {
    say,
    step({ step, userCode }, key = '') {
      output.detail(`step: ${step}`);
      const code = userCode === undefined ? '' : `${moves ? '' : 'your '}code is ${userCode}`;
      const parts = moves ? [code, WORDS[step], key] : [WORDS[step], code];
      // What the person needs comes first: the line is cut where the terminal ends.
      const next = parts.filter((part) => part !== '').join(moves ? ' · ' : '; ');
      if (!moves && FOR_THE_PERSON.has(step) && next !== words) output.tell(`${next}.`);
      say(next);
    },
    stop() {
      stopTicker();
      if (moves && words !== '') stderr.write('\r\u001b[K');
      words = '';
    },
  };
}

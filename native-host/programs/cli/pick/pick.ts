import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Context } from '../../../base/platform/context.ts';
import { rawTerminal } from '../../../base/platform/raw-terminal.ts';
import { startTimer } from '../../../base/platform/timers.ts';
import { createStyle, usesColour } from '../output.ts';
import type { Entry } from './fuzzy.ts';
import { readKeys } from './keys.ts';
import { createPickList, type Pressed } from './list.ts';

/** A terminal sends a sequence in one piece; over a slow line its parts come this close. */
const ESCAPE_MS = 60;

/** Whether a person can be asked here: keys come from stdin, and stderr is a terminal; stdout is the answer's. */
export function canPick({ stdin, stderr, env }: Pick<Context, 'stdin' | 'stderr' | 'env'>): boolean {
  return stdin.isTTY && stderr.isTTY && env.TERM !== 'dumb';
}

/**
 * Lets the person choose one of many, by typing, arrows and enter. Drawn on stderr and gone afterwards. `later` may give
 * other entries while the list is open. Throws CANCELLED (esc) and INTERRUPTED (Ctrl-C, or the signal's reason).
 */
export async function pick<T>(
  context: Context,
  title: string,
  entries: readonly Entry<T>[],
  later?: (replace: (entries: readonly Entry<T>[]) => void) => void,
): Promise<T> {
  const terminal = rawTerminal();
  const style = createStyle(usesColour(context, context.stderr, true));
  const list = createPickList(title, entries);

  function draw(): void {
    const { lines, column } = list.view(terminal.rows(), context.stderr.columns, style);
    const back = lines.length > 1 ? `\u001b[${lines.length - 1}A` : '';
    terminal.write(`\r\u001b[J${lines.join('\r\n')}${back}\r\u001b[${column}C`);
  }

  try {
    const outcome = await new Promise<Pressed<T>>((resolve, reject) => {
      let waiting = '';
      let stopTimer = () => {};
      const take = (input: string, complete: boolean) => {
        const { keys, rest } = readKeys(input);
        waiting = complete ? '' : rest;
        const all = complete && rest !== '' ? [...keys, { name: 'escape' as const }] : keys;
        for (const key of all) {
          const end = list.press(key);
          if (end.kind !== 'open') return resolve(end);
        }
        if (waiting !== '') stopTimer = startTimer(ESCAPE_MS, () => take(waiting, true));
        draw();
      };
      terminal.onInput((input) => {
        stopTimer();
        take(waiting + input, false);
      });
      terminal.onResize(draw);
      context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
      later?.((next) => {
        list.replace(next);
        draw();
      });
      draw();
    });
    if (outcome.kind === 'chosen') return outcome.value;
    if (outcome.kind === 'interrupted') throw new AwsherError('INTERRUPTED', 'Interrupted.');
    throw new AwsherError('CANCELLED', 'Nothing was chosen.');
  } finally {
    terminal.write('\r\u001b[J');
    terminal.close();
  }
}

import type { Context } from '../../base/platform/context.ts';
import type { Output } from './output.ts';

/** A line at the bottom of the terminal that says how far something is; nothing anywhere else. */
export interface ProgressBar {
  /** `rate` in steps per second, `null` while it is not known. */
  show(done: number, total: number, rate: number | null): void;
  /** Takes the line off the screen, writes what belongs above it, and lets the next `show` draw it again. */
  above(write: () => void): void;
  /** Takes it off the screen. */
  stop(): void;
}

const CELLS = 24;
/** The screen follows ten times a second; more only flickers. */
const REDRAW_MS = 100;
const CLEAR = '\r\u001b[K';

export function createProgressBar(context: Context, output: Output, what: string): ProgressBar {
  const { stderr } = context;
  const moves = stderr.isTTY && !output.quiet && context.env.TERM !== 'dumb';
  let [drawnAt, visible] = [Number.NEGATIVE_INFINITY, false];
  const clear = () => {
    if (visible) stderr.write(CLEAR);
    visible = false;
  };
  return {
    show(done, total, rate) {
      const now = context.now();
      if (!moves || (visible && now - drawnAt < REDRAW_MS && done < total)) return;
      drawnAt = now;
      visible = true;
      const line = barLine(done, total, rate, what, Math.max(20, stderr.columns - 1));
      stderr.write(`${CLEAR}${output.style.green(line.bar)}${line.words}`);
    },
    above(write) {
      clear();
      write();
    },
    stop: clear,
  };
}

/** The bar and the words beside it, no longer than `columns` together. Pure. */
function barLine(
  done: number,
  total: number,
  rate: number | null,
  what: string,
  columns: number,
): { bar: string; words: string } {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const eighths = Math.round(share * CELLS * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  const bar = `${'█'.repeat(Math.floor(eighths / 8))}${part}`.padEnd(CELLS, '░');
  const speed = rate === null ? '' : ` · ${rate.toFixed(rate < 10 ? 1 : 0)} per second`;
  const seconds = rate === null || rate === 0 ? 0 : Math.ceil((total - done) / rate);
  const left =
    seconds < 2 ? '' : ` · ${seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`} left`;
  const words = `  ${done} of ${total} ${what}${speed}${left}`;
  return { bar, words: words.slice(0, Math.max(0, columns - CELLS)) };
}

import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Context } from '../../base/platform/context.ts';
import { terminalStreams } from '../../base/platform/terminal.ts';
import { flag, type Invocation } from './command.ts';
import type { Output, Style } from './output.ts';

/** What would be written, as far as a person is asked about it. */
export interface ShownEdit {
  readonly changed: boolean;
  /** Unified; safe for a terminal. */
  readonly diff: string;
  /** What it comes to, for the question: `12 profiles added`. */
  readonly summary?: string;
}

export type Answer = 'yes' | 'no' | 'dry-run';

/** More lines than this nobody reads; the first ones show what it is like. */
const MAX_LINES = 80;
const FIRST_LINES = 40;

/**
 * Shows a difference on stderr and asks, unless `--yes` or `--dry-run` say it already; nothing to change needs no answer.
 * Without a terminal nobody can be asked: USAGE.
 */
export async function confirmEdit(
  { stdin, stderr }: Context,
  invocation: Invocation,
  output: Output,
  { changed, diff, summary }: ShownEdit,
): Promise<Answer> {
  const dryRun = flag(invocation, 'dryRun');
  if (!changed) return dryRun ? 'dry-run' : 'yes';
  const asks = !dryRun && !flag(invocation, 'yes') && stdin.isTTY && stderr.isTTY;
  // Nobody is asked about what they do not see, whatever they wanted to hear.
  if (asks || (!output.json && !output.quiet)) stderr.write(shownDiff(diff, output.verbose, output.style));
  if (dryRun) return 'dry-run';
  if (flag(invocation, 'yes')) return 'yes';
  if (!asks) {
    throw new AwsherError('USAGE', 'Nothing was written: there is no terminal to ask you on.', {
      hint: 'add `--yes` to write it, or `--dry-run` to preview',
    });
  }
  return (await saysYes(summary === undefined ? 'Write this?' : `Write this? ${summary}`)) ? 'yes' : 'no';
}

/** Asks on the terminal; to leave the question is no yes. */
export async function saysYes(message: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message, ...terminalStreams() });
  return !isCancel(answer) && answer;
}

/** A difference in colours, a long one cut short. */
function shownDiff(diff: string, whole: boolean, style: Style): string {
  const lines = diff.trimEnd().split('\n');
  const cut = !whole && lines.length > MAX_LINES;
  const shown = (cut ? lines.slice(0, FIRST_LINES) : lines).map((line) => paint(line, style));
  if (cut) {
    const more = (lines.length - FIRST_LINES).toLocaleString('en');
    shown.push(style.dim(`… ${more} more lines (all: --verbose)`));
  }
  return `${shown.join('\n')}\n`;
}

function paint(line: string, style: Style): string {
  if (/^(---|\+\+\+) /.test(line)) return style.bold(line);
  if (line.startsWith('@@') || line.startsWith('\\')) return style.dim(line);
  if (line.startsWith('+')) return style.green(line);
  return line.startsWith('-') ? style.red(line) : line;
}

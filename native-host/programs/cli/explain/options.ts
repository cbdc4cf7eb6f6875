import type { Context, TextSink } from '../../../base/platform/context.ts';
import type { Invocation } from '../command.ts';
import { createStyle, usesColour } from '../output.ts';
import type { TellOptions } from './draw.ts';

/** Wider lines are hard to read. */
const MAX_WIDTH = 120;

/** How a long answer is laid out on this terminal. */
export function tellOptions(
  context: Context,
  invocation: Invocation,
  stream: TextSink = context.stdout,
): TellOptions {
  return {
    width: Math.min(stream.columns, MAX_WIDTH),
    style: createStyle(usesColour(context, stream, invocation.options.noColor !== true)),
    unicode: speaksUnicode(context),
    home: context.paths.home,
    now: context.now(),
  };
}

/** Box drawing needs a locale that has it; a terminal on Windows does today. */
function speaksUnicode({ env, platform }: Context): boolean {
  if (platform === 'win32') return true;
  if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' ? platform === 'darwin' : /utf-?8/i.test(locale);
}

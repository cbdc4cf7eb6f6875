import { basename } from 'node:path';
import type { Asker } from '../../../shared/fields.ts';
import { printable } from '../../../shared/printable.ts';
import type { Context } from '../../base/platform/context.ts';
import type { AskingAgent } from './agent-rule.ts';
import { tellable } from './asker-profile.ts';

/** Names and words of processes are anybody's text: one line of it, not too long. */
export const told = (text: string): string => printable(text, { instead: '' }).trim().slice(0, 100);

/** Who asks, as the popup and the notice show it. Facts about this process; nobody believes more than that. */
export function describeAsker(
  context: Context,
  command: string,
  {
    parents = [],
    profile,
    agent = {},
  }: { parents?: readonly string[]; profile?: string | undefined; agent?: AskingAgent } = {},
): Asker {
  const folder = printable(basename(context.cwd), { instead: '' }).slice(0, 100);
  const named = tellable(profile);
  return {
    command,
    pid: context.pid,
    parents: [...parents].slice(0, 20),
    ...(folder === '' ? {} : { folder }),
    ...(named === undefined ? {} : { profile: named }),
    ...agent,
  };
}

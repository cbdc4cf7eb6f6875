import type { Key } from './list.ts';

const NAMED: Readonly<Record<string, Key>> = {
  '\r': { name: 'enter' },
  '\n': { name: 'enter' },
  '\u001b': { name: 'escape' },
  '\u0003': { name: 'interrupt' },
  '\u0004': { name: 'interrupt' },
  '\u007f': { name: 'backspace' },
  '\b': { name: 'backspace' },
  '\u0015': { name: 'clear' },
  '\u0017': { name: 'delete-word' },
  '\t': { name: 'down' },
  '\u000e': { name: 'down' },
  '\u0010': { name: 'up' },
  A: { name: 'up' },
  B: { name: 'down' },
  H: { name: 'home' },
  F: { name: 'end' },
  Z: { name: 'up' },
  '5~': { name: 'page-up' },
  '6~': { name: 'page-down' },
  '1~': { name: 'home' },
  '7~': { name: 'home' },
  '4~': { name: 'end' },
  '8~': { name: 'end' },
};

const PIECE = /\u001b\[\??[0-9;]*[ -/]*[@-~]|\u001bO[ -~]|\u001b|[^\u001b]/gu;

/**
 * The keys in what a terminal in raw mode sent. A sequence that nothing is known of does nothing, and so do control
 * characters. `rest` is a lone escape at the end: a key, or the beginning of a sequence whose rest has yet to come.
 */
export function readKeys(input: string): { keys: Key[]; rest: string } {
  const pieces = input.match(PIECE) ?? [];
  const rest = /\u001b(?:\[[0-9;?]*|O)?$/.exec(input)?.[0] ?? '';
  const whole = rest === '' ? pieces : (input.slice(0, input.length - rest.length).match(PIECE) ?? []);
  return { keys: whole.flatMap((piece) => keyOf(piece) ?? []), rest };
}

function keyOf(piece: string): Key | null {
  const sequence = /^\u001b(?:\[|O)(?:1;\d)?(.+)$/.exec(piece)?.[1];
  const named = NAMED[sequence ?? piece];
  if (sequence !== undefined) return named ?? null;
  if (named !== undefined && !/^[A-Z]$/.test(piece)) return named;
  return /[\u0000-\u001f\u007f-\u009f]/.test(piece) ? null : { name: 'text', text: piece };
}

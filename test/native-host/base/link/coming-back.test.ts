import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isComingBack } from '../../../../native-host/base/link/coming-back.ts';

const AT = Date.parse('2026-11-27T08:00:00.000Z');
const RETIRED = '2026-11-27T08:00:00.000Z 833 ends: a newer version is installed\n';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-coming-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const log = (text: string) => writeFileSync(join(folder, 'host.log'), text);

it.each([
  ['a host has just made room', RETIRED, 1_000, true],
  ['behind much else', `${'x'.repeat(10_000)}\n${RETIRED}`, 1_000, true],
  [
    "with the doctor's own greeting after it",
    `${RETIRED}2026-11-27T08:00:00.500Z 9 hello from doctor 0.0.0, protocol 0\n`,
    1_000,
    true,
  ],
  ['long ago', RETIRED, 20_000, false],
  ['in the future: the clock was set', RETIRED, -1_000, false],
  [
    'the browser was closed',
    RETIRED.replace('a newer version is installed', 'the browser closed the connection'),
    1_000,
    false,
  ],
  ['an empty log', '', 0, false],
])('%s', (_, text, later, coming) => {
  log(text);
  expect(isComingBack(folder, AT + later)).toBe(coming);
});

it('no log', () => {
  expect(isComingBack(folder, AT)).toBe(false);
});

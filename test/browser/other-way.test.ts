import { expect, it } from 'vitest';
import { COMMAND } from '../support/awsher.ts';
import { ownStage } from '../support/own-stage.ts';
import { hasTerminal, onTerminal } from '../support/terminal.ts';

// Skipped only where there is no `script` of Linux to give it a terminal; the summary names it.
it.skipIf(!hasTerminal)('one key takes the other way while a page that nobody knows waits', async (test) => {
  const stage = await ownStage(test, {
    signedIn: true,
    center: { verification: 'sign-in-host', completeAddress: false },
  });
  const command = `${process.execPath} ${COMMAND} login ${stage.corp.join(' ')}`;
  const screen = await onTerminal(command, stage.env, [/p: another way/, 'p']);
  expect(screen).toContain('signed in to corp');
  expect(stage.idc.count('StartDeviceAuthorization')).toBe(1);
  expect(stage.idc.count('AcceptUserCode')).toBe(0);
});

import { describe, expect, it } from 'vitest';
import { helpFor } from '../../../extension/ui/help-for.ts';

describe('helpFor', () => {
  it.each([
    ['NETWORK', false, 'retry'],
    ['CODE_EXPIRED', false, 'retry'],
    ['SIGN_IN_CANCELLED', true, 'retry'],
    ['SOMETHING_NEW', false, 'retry'],
    ['REGION_WRONG', true, 'region'],
    ['REGION_WRONG', false, 'region'],
    ['SESSION_CONFLICT', true, 'edit'],
    ['SESSION_CONFLICT', false, 'none'],
    ['HOST_LOST', false, 'checks'],
    ['FILE_WRITE', true, 'checks'],
    ['CONFIG_INVALID', true, 'checks'],
    ['INTERNAL', false, 'checks'],
    ['PERMISSION_MISSING', false, 'none'],
    ['DEVICE_CODES_OFF', true, 'none'],
  ] as const)('%s (editable: %s): %s', (code, editable, help) => {
    expect(helpFor(code, editable)).toBe(help);
  });
});

import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { terminalStreams } from '../../base/platform/terminal.ts';

/** Asks on the terminal, hidden and on stderr (stdout is for the answer), for the code of an MFA device. */
export async function askMfaCode(serial: string): Promise<string> {
  const { password, isCancel } = await import('@clack/prompts');
  const code = await password({
    message: `MFA code for ${serial}`,
    validate: (value) => (/^\d{6}$/.test(value ?? '') ? undefined : 'enter the six digits your device shows'),
    ...terminalStreams(),
  });
  if (isCancel(code)) throw new AwsherError('INTERRUPTED', 'The MFA code was not given.');
  return code;
}

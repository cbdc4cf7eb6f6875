import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { commandWords } from '../../base/formats/shell-split.ts';

/** A `credential_process` line as program and arguments. Throws PROCESS_FAILED for an open quote. */
export function splitCommand(line: string, platform: string): string[] {
  const words = commandWords(line, platform);
  if (words !== undefined) return words;
  throw new AwsherError('PROCESS_FAILED', 'credential_process has an unclosed quote or backslash.', {
    hint: 'edit the credential_process of the profile in ~/.aws/config',
  });
}

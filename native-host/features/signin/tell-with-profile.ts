import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { type Asker, withoutProfile } from '../../../shared/fields.ts';

/**
 * Makes a request that names who asks; once more without the profile when a host or an extension from before that field
 * refuses it. A message that is refused was not acted on.
 */
export async function tellWithProfile<R extends { asker: Asker }, T>(
  request: R,
  tell: (request: R) => Promise<T>,
): Promise<T> {
  try {
    return await tell(request);
  } catch (thrown) {
    const refused = thrown instanceof AwsherError && thrown.code === 'PROTOCOL_MESSAGE';
    if (!refused || request.asker.profile === undefined) throw thrown;
    return tell({ ...request, asker: withoutProfile(request.asker) });
  }
}

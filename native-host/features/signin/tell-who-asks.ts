import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { type Asker, withoutNewer } from '../../../shared/fields.ts';

/**
 * Makes a request that names who asks; once more without the newer fields when a host or an extension from before them
 * refuses it. A message that is refused was not acted on.
 */
export async function tellWhoAsks<R extends { asker: Asker }, T>(
  request: R,
  tell: (request: R) => Promise<T>,
): Promise<T> {
  try {
    return await tell(request);
  } catch (thrown) {
    const refused = thrown instanceof AwsherError && thrown.code === 'PROTOCOL_MESSAGE';
    const older = withoutNewer(request.asker);
    if (!refused || Object.keys(older).length === Object.keys(request.asker).length) throw thrown;
    return tell({ ...request, asker: older });
  }
}

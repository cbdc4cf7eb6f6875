import { isFarAway } from '../../../base/platform/remote.ts';
import { type Check, fail, inline, ok, skip } from '../check.ts';
import { contactHosts } from '../connected.ts';

/** Whether a browser with the extension is connected: which one, under what label, of what version. */
export const extension: Check = {
  id: 'extension',
  title: 'Extension connected',
  async run(context) {
    const contacts = await contactHosts(context);
    const greeted = contacts.filter((contact) => contact.kind === 'greeted');
    if (greeted.length > 0) {
      return ok(
        greeted
          .map(({ browser, label, extensionVersion }) => {
            const name = label === '' || label === browser ? browser : `${label} (${browser})`;
            return inline(`${name}, extension ${extensionVersion || 'of unknown version'}`);
          })
          .join('\n'),
      );
    }
    if (contacts.some(({ kind }) => kind === 'silent')) {
      return fail('A host runs but does not answer.', 'restart the browser and run the check again');
    }
    if (isFarAway(context.env)) return skip('This is a remote shell; the browser is on another machine.');
    return fail(
      'No browser with the awsher extension is connected.',
      'start the browser, check that awsher is installed and on under its extensions, and click its icon: the popup shows what is missing',
    );
  },
};

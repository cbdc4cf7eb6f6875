import { isRegionShaped, nearestRegion } from '../../../shared/aws/regions.ts';
import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { comparableStartUrl, parseStartUrl, startUrlFacts } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { DEFAULT_SCOPES, type Target } from '../../../shared/fields.ts';
import type { SessionView, ViewRequest } from '../../../shared/protocol/internal.ts';
import type { HostLink } from '../host/host-link.ts';
import { findPortal } from '../host/portal.ts';
import { addedSessions } from '../memory/state.ts';

type Asked = Omit<Extract<ViewRequest, { type: 'session.add' }>, 'type'>;

/** Sessions that the person adds in the extension, before any config has them. `shown`: all that there are, each name once. */
export function createAddedSessions(link: HostLink, shown: () => Promise<readonly SessionView[]>) {
  /** Throws NAME_INVALID, REGION_INVALID, SESSION_CONFLICT, and as `parseStartUrl` and `findPortal`. */
  async function add({ session, startUrl, region }: Asked): Promise<void> {
    if (!isSafeName(session)) {
      throw new AwsherError(
        'NAME_INVALID',
        'A session name can use only letters, digits and _ - / . % @ : +.',
      );
    }
    if (region !== null && !isRegionShaped(region)) {
      const near = nearestRegion(region);
      throw new AwsherError(
        'REGION_INVALID',
        'That is not an AWS region.',
        near ? { hint: `did you mean ${near}?` } : {},
      );
    }
    const url = parseStartUrl(startUrl);
    const existing = (await shown()).find((view) => view.target.session === session);
    if (existing && comparableStartUrl(existing.target.startUrl) !== comparableStartUrl(url)) {
      throw new AwsherError('SESSION_CONFLICT', 'A session with that name already has another start URL.', {
        hint: 'choose another name',
      });
    }
    const asked = { session, startUrl: url, region, scopes: DEFAULT_SCOPES };
    const found = startUrlFacts(url).region ?? region ?? (await findPortal(link, asked)).region;
    const target: Target = { ...asked, region: found };
    const others = (await addedSessions.read()).filter((other) => other.session !== session);
    await addedSessions.write([...others, target]);
  }

  return {
    add,
    async remove(name: string): Promise<void> {
      await addedSessions.write((await addedSessions.read()).filter(({ session }) => session !== name));
    },
    /** The new one is checked like any other before the old one goes. Throws as `add`, and SESSION_UNKNOWN. */
    async edit({ was, ...next }: Extract<ViewRequest, { type: 'session.edit' }>): Promise<void> {
      const before = await addedSessions.read();
      if (!before.some(({ session }) => session === was)) {
        throw new AwsherError('SESSION_UNKNOWN', 'That session was not added here.');
      }
      await addedSessions.write(before.filter(({ session }) => session !== was));
      try {
        await add(next);
      } catch (thrown) {
        await addedSessions.write(before);
        throw thrown;
      }
    },
    /** Finds the region in which AWS knows the portal. False: no such session was added here. */
    async correctRegion(session: string): Promise<boolean> {
      const added = await addedSessions.read();
      const own = added.find((one) => one.session === session);
      if (own === undefined) return false;
      const { region } = await findPortal(link, { ...own, session: null, region: null });
      await addedSessions.write([...added.filter((one) => one !== own), { ...own, region }]);
      return true;
    },
  };
}

import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import type { Paths } from '../../base/files/paths.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import { readCatalogue } from './store.ts';

/** Names of accounts by portal and number, as far as they were listed. */
export function accountNames(
  paths: Pick<Paths, 'stateDir'>,
  config: SharedConfig,
): { portal: string; accountId: string; accountName: string }[] {
  return [...config.ssoSessions.keys()].flatMap((session) => {
    const catalogue = readCatalogue(paths, session);
    if (catalogue === null) return [];
    const portal = comparableStartUrl(catalogue.startUrl);
    return catalogue.accounts.map(({ accountId, accountName }) => ({ portal, accountId, accountName }));
  });
}

import type { Center } from '../center.ts';
import { regionHosts } from '../hosts.ts';
import { type Call, html, type Reply, type Service } from '../http.ts';
import { deviceDocument } from '../pages/documents.ts';
import { assets } from './assets.ts';
import { oidcError } from './oidc-errors.ts';
import { pageOptions } from './portal-page.ts';

/** The verification page as it was until the end of 2024: own host, code in the query, then another document. */
function devicePage(center: Center, call: Call): Reply {
  const region = call.region ?? center.directories[0]?.region ?? '';
  return html(
    deviceDocument({ options: pageOptions(center), api: { oidc: `https://${regionHosts(region).oidc}` } }),
  );
}

export const deviceHost: Service = {
  name: 'device-page',
  refuse: oidcError,
  routes: [assets, { operation: 'DevicePage', method: 'GET', path: '/', answer: devicePage }],
};

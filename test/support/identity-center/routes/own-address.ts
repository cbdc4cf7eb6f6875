import type { Center } from '../center.ts';
import { type Call, type Reply, redirect, type Service } from '../http.ts';
import { oidcError } from './oidc-errors.ts';

/** A company's own server: what it does with its start URL is an option. */
function answer(center: Center, call: Call): Reply {
  const { head, location } = center.options.ownAddresses[call.host] ?? { head: true, location: null };
  if (call.method === 'HEAD' && !head) return { status: 405 };
  return location === null ? { status: 200 } : redirect(location);
}

export const ownAddress: Service = {
  name: 'own',
  refuse: oidcError,
  routes: [
    { operation: 'OwnHead', method: 'HEAD', path: /^\//, answer },
    { operation: 'OwnGet', method: 'GET', path: /^\//, answer },
  ],
};

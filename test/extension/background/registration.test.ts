import { expect, it } from 'vitest';
import { findRegistration } from '../../../extension/background/registration.ts';
import { Secret } from '../../../shared/secret.ts';

const found = { portal: 'https://corp.awsapps.com/start', region: 'us-east-1', family: null } as const;
const target = { session: 'corp', startUrl: found.portal, region: 'us-east-1', scopes: [] };
const registration = (clientId: string) => ({ clientId, clientSecret: new Secret('s'), expiresAt: 1 });

/** A host that knows the client `old`, whose last 15 minutes have begun: only who names it gets it. Keeps what was done. */
function stage() {
  const done: string[] = [];
  const call = async (method: string, { clientId }: { clientId?: string }) => {
    done.push(method);
    return { registration: clientId === 'old' ? registration('old') : null };
  };
  const client = {
    register: async () => {
      done.push('RegisterClient');
      return registration('new');
    },
  };
  const host = { call };
  const find = (which: Parameters<typeof findRegistration>[4]) =>
    findRegistration(host, client, found, target, which).then(
      ({ clientId }) => clientId,
      ({ code }) => code,
    );
  return { done, find };
}

it('a new sign-in takes no registration in its last 15 minutes, but a new one', async () => {
  const { done, find } = stage();
  expect(await find('stored or new')).toBe('new');
  expect(done).toEqual(['registration.find', 'RegisterClient', 'registration.save']);
});

it('a sign-in under way goes on with the client that asked for its code, and never with another one', async () => {
  const { done, find } = stage();
  expect(await find({ clientId: 'old' })).toBe('old');
  expect(await find({ clientId: 'gone' })).toBe('SIGN_IN_FAILED');
  expect(done).toEqual(['registration.find', 'registration.find']);
});

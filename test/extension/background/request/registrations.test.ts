import { expect, it } from 'vitest';
import { registrationsOf } from '../../../../extension/background/request/registrations.ts';
import { Secret } from '../../../../shared/secret.ts';

const found = { portal: 'https://corp.awsapps.com/start', region: 'us-east-1', family: null } as const;

/** A host that knows the client `old`, whose last 15 minutes have begun: only who names it gets it. Keeps what was asked. */
function stage() {
  const asked: object[] = [];
  const call = async (method: string, params: { clientId?: string }) => {
    asked.push({ method, ...params });
    const old = { clientId: 'old', clientSecret: new Secret('s'), expiresAt: 7 };
    return { registration: params.clientId === 'old' ? old : null };
  };
  return { asked, registrations: registrationsOf({ ask: call } as never, found, []) };
}

it('a new sign-in takes no registration in its last 15 minutes', async () => {
  expect(await stage().registrations.find()).toBe(undefined);
});

it('a sign-in under way goes on with the client that asked for its code, and never with another one', async () => {
  const { registrations } = stage();
  expect(await registrations.byId('old')).toMatchObject({ clientId: 'old', expiresAt: 7_000 });
  expect(await registrations.byId('gone')).toBe(undefined);
});

it('is kept with its end in seconds', async () => {
  const { asked, registrations } = stage();
  await registrations.keep({ clientId: 'new', clientSecret: new Secret('s'), expiresAt: 9_000 });
  expect(asked).toEqual([
    {
      method: 'registration.save',
      startUrl: found.portal,
      region: 'us-east-1',
      scopes: [],
      flow: 'device',
      clientId: 'new',
      clientSecret: 's',
      expiresAt: 9,
    },
  ]);
});

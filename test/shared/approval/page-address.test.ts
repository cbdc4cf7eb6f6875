import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPageAddress } from '../../../shared/approval/page-address.ts';
import type { Route } from '../../../shared/approval/page-facts-schema.ts';
import { PAGE_HOSTS, pageHost } from '../../../shared/aws/hosts.ts';
import { PARTITIONS } from '../../../shared/aws/regions.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { CODES, CONSENTS, LEARNED, LEARNED_FORMS } from './addresses.ts';
import { HOST, OURS, THEIRS } from './scenes.ts';

const read = (address: string) => readPageAddress(address);
/** Every host with the paths at which portals begin. */
const siteOf = (host: string) =>
  ['/start/', '/directory/d-1', '/platform/authorize', '/']
    .map((path) => read(`https://${host}${path}#/device?user_code=${OURS}`)?.site)
    .find(Boolean) ?? null;
const codeOf = (rest: string) => {
  const route = read(`https://${HOST}/start/${rest}`)?.route;
  return route?.name === 'device' ? route.userCode : undefined;
};

/** One real host of every pattern, in every region. */
const REAL = PAGE_HOSTS.flatMap(({ pattern, partition }) =>
  (PARTITIONS.find(({ id }) => id === partition)?.regions ?? []).map((region) =>
    pattern.replace('*', 'corp').replace('{region}', region),
  ),
);
const anyReal = fc.constantFrom(...REAL);
const label = fc.stringMatching(/^[a-z][a-z0-9]{2,8}$/);

describe('the host', () => {
  it.each(REAL)('%s is an approval page', (host) => {
    expect(siteOf(host)).not.toBeNull();
  });

  it('is read without regard to case, as browsers do, and with the default port written out', () => {
    expect(siteOf('CORP.AwsApps.COM:443')).toMatchObject({ kind: 'portal', partition: 'aws', region: null });
    expect(read(`HTTPS://${HOST}/start/`)?.hostname).toBe(HOST);
  });

  it('is no other one: whatever follows or stands between', () => {
    fc.assert(
      fc.property(anyReal, label, label, fc.nat(), (host, extra, other, at) => {
        const labels = host.split('.');
        const inserted = labels.toSpliced(at % (labels.length + 1), 0, extra).join('.');
        const tricks = [
          `${host}.${extra}.${other}`,
          `${host}.`,
          `${host}-${extra}.com`,
          `${extra}${host}.evil.com`,
        ];
        for (const trick of [...tricks, inserted]) expect(siteOf(trick)).toBeNull();
      }),
    );
  });

  it('is no other one: a fixed label with one letter changed or added', () => {
    fc.assert(
      fc.property(
        anyReal,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('x', '0', '1', '-', 'l', 'о', 'а'),
        (host, where, at, letter) => {
          const labels = host.split('.');
          // The first label is the company's choice where the pattern has a star.
          const from = host.startsWith('corp.') ? 1 : 0;
          const index = from + (where % (labels.length - from));
          const old = labels[index] ?? '';
          const cut = at % old.length;
          const changes = [
            old.slice(0, cut) + letter + old.slice(cut + 1),
            old.slice(0, cut) + letter + old.slice(cut),
          ];
          for (const changed of changes) {
            const trick = labels.with(index, changed).join('.');
            if (!REAL.includes(trick)) expect(siteOf(trick)).toBeNull();
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is not believed with user info, another port or another scheme', () => {
    fc.assert(
      fc.property(anyReal, fc.integer({ min: 1, max: 65_535 }), label, (host, port, user) => {
        fc.pre(port !== 443);
        const rest = `/start/#/device?user_code=${OURS}`;
        const tricks = [
          `https://${host}:${port}${rest}`,
          `https://${user}@${host}${rest}`,
          `https://:${user}@${host}${rest}`,
          `https://${host}@${user}.example${rest}`,
          `https://${host}%2e${user}.example${rest}`,
          `http://${host}${rest}`,
          `ws://${host}${rest}`,
          `blob:https://${host}${rest}`,
          `javascript://${host}${rest}`,
        ];
        for (const trick of tricks) expect(read(trick)?.site ?? null).toBeNull();
      }),
    );
  });

  it.each([
    'https://corp.awsapps.com\\@evil.example/',
    'https://evil.example/https://corp.awsapps.com/',
    'https://evil.example#@corp.awsapps.com/',
    'https://evil.example?corp.awsapps.com',
    'https://corp。evil.example/.awsapps.com',
    'https://[::1]/',
    'https://127.0.0.1/',
    'https://localhost/',
    '//corp.awsapps.com/',
    'about:blank',
    '',
  ])('%j is not taken for a portal of somebody else', (address) => {
    const site = read(address)?.site ?? null;
    // A backslash is a slash in an https address: the host before it is the real one, as the browser sees it too.
    if (address.includes('\\')) expect(read(address)?.hostname).toBe(HOST);
    else expect(site).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter }), (text) => void read(text)));
    fc.assert(fc.property(fc.string(), (text) => void read(`https://${text}`)));
    fc.assert(fc.property(fc.string(), (text) => void read(`https://${HOST}/start/${text}`)));
    fc.assert(fc.property(fc.string(), (text) => void pageHost(text)));
  });
});

describe('the code', () => {
  it.each(CODES)('%j', (rest, code) => {
    expect(codeOf(rest)).toBe(code);
  });

  it('is only ever a code that stands in the address exactly once', () => {
    const part = fc.constantFrom('#', '/', '?', '&', 'device', 'user_code=', OURS, THEIRS, '%2F', 'x=');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const rest = parts.join('');
        const code = codeOf(rest);
        if (typeof code !== 'string') return;
        const { search, hash } = new URL(`https://${HOST}/start/${rest}`);
        const [, ...fragmentQuery] = hash.split('?');
        const pairs = `${search.slice(1)}&${fragmentQuery.join('?')}`.split('&');
        const given = pairs.filter((pair) => pair.startsWith('user_code='));
        expect(given).toEqual([`user_code=${code}`]);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a form that newer facts know', () => {
  const routeOf = (rest: string, routes?: Route[]) =>
    readPageAddress(`https://${HOST}/start${rest}`, routes)?.route;

  it.each(LEARNED_FORMS)('%s', (rest, route) => {
    expect(routeOf(rest, LEARNED)).toEqual(route);
  });

  it.each([`/#/activate?userCode=${OURS}`, '/#/consent?contextId=d', `/activate?userCode=${OURS}`])(
    'is unknown without them: %s',
    (rest) => {
      expect(routeOf(rest)).toEqual({ name: 'other' });
    },
  );

  it('is on the hosts of AWS as ever, and on no other', () => {
    for (const host of ['evil.example', 'corp.awsapps.com.evil.example', 'awsapps.com'])
      expect(readPageAddress(`https://${host}/start/#/activate?userCode=${OURS}`, LEARNED)?.site).toBeNull();
    expect(readPageAddress(`https://${HOST}/mail/activate?userCode=${OURS}`, LEARNED)?.site).toBeNull();
  });
});

describe('the consent', () => {
  it.each(CONSENTS)('%j', (rest, expected) => {
    expect(read(`https://${HOST}/start/${rest}`)?.route).toEqual({ name: 'consent', ...expected });
  });

  it('a code beside it makes it a device page, where nothing but the code counts', () => {
    expect(codeOf(`#/?clientId=c&deviceContextId=d&user_code=${OURS}`)).toBeNull();
  });
});

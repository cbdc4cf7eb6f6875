import { expect, it } from 'vitest';
import { sessionViews } from '../../../../extension/background/doors/session-views.ts';
import { FRESH, TARGET } from '../../../shared/request/samples.ts';
import { KNOWN } from '../stage/host.ts';

const NONE = { managed: [], extension: [], said: [], given: [] };
const named = (session: string) => ({ ...TARGET, session });
const brief = (...asked: Parameters<typeof sessionViews>) =>
  sessionViews(...asked).map(({ target, source }) => `${source} ${target.session}`);

it('each name once: the config first, then an administrator, the extension, and a first sign-in', () => {
  const offered = {
    ...NONE,
    managed: [named('corp'), named('given')],
    extension: [named('given'), named('own')],
  };
  const first = FRESH['sign-in']();
  const subject = { ...first.subject, target: named('new') } as typeof first.subject;
  expect(brief([KNOWN], offered, [{ ...first, subject }])).toEqual([
    'config corp',
    'managed given',
    'extension own',
    'config new',
  ]);
  expect(brief([], NONE, [{ ...first, phase: 'ended' }])).toEqual([]);
});

it('with its newest sign-in, its renewal, the report of its page, and who it is', () => {
  const old = { ...FRESH['sign-in'](), id: 'old' };
  const [view] = sessionViews(
    [{ ...KNOWN, who: 'ana@example.com' }],
    NONE,
    [old, FRESH['sign-in'](), FRESH.saml()],
    new Map([['corp', 'done']]),
    new Map([['r1', 'report']]),
  );
  expect(view).toMatchObject({
    who: 'ana@example.com',
    renewal: 'done',
    attempt: { step: 'registering', pageReport: 'report', error: null },
  });
});

it("an administrator's settings go before those of config.ini, and are locked", () => {
  const said = [{ session: 'corp', flow: 'device', endpoints: 'ipv4' } as const];
  const given = [{ session: 'corp', flow: 'pkce' } as const];
  const [view] = sessionViews([KNOWN], { ...NONE, said, given }, []);
  expect(view).toMatchObject({ settings: { flow: 'pkce', endpoints: 'ipv4' }, given: ['flow'] });
});

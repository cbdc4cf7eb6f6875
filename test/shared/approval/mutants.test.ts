import { expect, it } from 'vitest';
import { unseenMistakes } from '../../support/mistakes.ts';
import { verdicts } from './verdicts.ts';

const FILES =
  /shared\/approval\/(decide|checks|page-address|authorization|approval-address|vouch-by-listener)\.ts$/;
/** What is there for the types alone: a check before it, or what an address is, leaves nothing else. */
const SAME: ReadonlySet<string> = new Set([
  "approval-address.ts left: query.get('redirect_uri') ?? ''",
  "approval-address.ts left: query.get('client_id') ?? ''",
  "approval-address.ts left: query.get('state') ?? ''",
  "decide.ts always: route.name === 'device'",
  'decide.ts never: code === undefined',
  "decide.ts right: route.name === 'consent' && route.deviceContextId === null",
  'decide.ts never: tab.vouchedCode === null',
  'vouch-by-listener.ts left: readAuthorizeAddress(address)?.port ?? 0',
  'page-address.ts left: codes.length === 1 && code !== undefined',
  "checks.ts always: page.route.name === 'consent'",
  "checks.ts always: page.route.name === 'device'",
  'checks.ts left: (entry ?? authorization)?.expiresAt ?? Number.POSITIVE_INFINITY',
  'checks.ts right: ours && ours.allowedAt !== null',
  'checks.ts right: ours && ours.tabId !== tab.tabId',
  "checks.ts right: entry && page.site?.kind === 'sign-in'",
  'checks.ts left: entry.confirmedAt ?? now',
  "checks.ts right: entry && step === 'confirm'",
  "checks.ts right: entry && site?.kind !== 'sign-in'",
  'authorization.ts never: entry.requested === null',
]);

it('what is said of every page, address and listener', async () => {
  await expect(verdicts.map((tell) => tell()).join('\n')).toMatchFileSnapshot('./verdicts.md');
});

it('whatever is wrong in a decision changes a row', async () => {
  const { tried, unseen } = await unseenMistakes(
    FILES,
    'test/shared/approval/verdicts.ts',
    'verdicts',
    verdicts,
  );
  expect(tried).toBeGreaterThan(200);
  // Exactly these: an entry that a row tells meanwhile goes, too.
  expect(unseen).toEqual(SAME);
});

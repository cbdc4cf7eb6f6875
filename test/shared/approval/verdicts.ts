import { classifyHandedOver } from '../../../shared/approval/approval-address.ts';
import { amendAuthorization } from '../../../shared/approval/authorization.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { isPageOf, readPageAddress } from '../../../shared/approval/page-address.ts';
import { vouchByListener } from '../../../shared/approval/vouch-by-listener.ts';
import { ANY_PAGES, CODES, CONSENTS, DEVICE_PAGES, LEARNED, LEARNED_FORMS, NO_PAGES } from './addresses.ts';
import { authorization, authorizeUrl } from './authorization-scenes.ts';
import { HARMLESS } from './harmless-scenes.ts';
import { HOSTILE } from './hostile-scenes.ts';
import { LISTENER_SCENES } from './listener-scenes.ts';
import { HOST, OURS, SIGN_IN_PAGE, THEIRS } from './scenes.ts';

/** As long as an address may be. */
const longest = `${authorizeUrl()}&x=`.padEnd(4096, 'x');
const shown = (value: unknown): string => JSON.stringify(value) ?? '?';

/** The address that AWS returned with our code, and the one where the tab is. */
const AT_SIGN_IN = 'https://us-east-1.signin.aws/platform/authorize';
const PAGES_OF: readonly [returned: string, here: string][] = [
  [SIGN_IN_PAGE, SIGN_IN_PAGE],
  [SIGN_IN_PAGE, `${SIGN_IN_PAGE}&user_code=${OURS}`],
  [SIGN_IN_PAGE, `${SIGN_IN_PAGE}&user_code=${THEIRS}`],
  [SIGN_IN_PAGE, `${SIGN_IN_PAGE}&request_uri=theirs`],
  [SIGN_IN_PAGE, SIGN_IN_PAGE.replace('us-east-1', 'eu-west-1')],
  [SIGN_IN_PAGE, SIGN_IN_PAGE.replace('/authorize', '/other')],
  [SIGN_IN_PAGE, AT_SIGN_IN],
  [AT_SIGN_IN, AT_SIGN_IN],
  [AT_SIGN_IN, `${AT_SIGN_IN}?user_code=${OURS}`],
  [`${AT_SIGN_IN}?user_code=${OURS}`, AT_SIGN_IN],
];

/** What is said of every page, every address and every listener of the tables. */
export const verdicts: readonly (() => string)[] = [
  ...[...HOSTILE, ...HARMLESS].map(({ name, scene }) => () => {
    const { act, reason, entry, authorization } = decide(scene);
    const whose = [entry, authorization]
      .map((it) => shown(it && ('id' in it ? it.id : it.userCode)))
      .join(' ');
    return `- ${name}: ${act}, ${reason}, ${whose}`;
  }),
  ...LISTENER_SCENES.map(
    ({ name, scene }) =>
      () =>
        `- ${name}: ${shown(vouchByListener(scene))}`,
  ),
  ...[...CODES, ...CONSENTS, ...LEARNED_FORMS].map(([rest]) => () => {
    const address = `https://${HOST}/start${rest.startsWith('/') ? '' : '/'}${rest}`;
    return `- ${rest}: ${shown(readPageAddress(address))}, newer: ${shown(readPageAddress(address, LEARNED))}`;
  }),
  ...[
    ...DEVICE_PAGES.map(([, address]) => address),
    authorizeUrl(),
    longest,
    ...ANY_PAGES.map(([, address]) => address),
    ...NO_PAGES,
  ].map((address) => () => `- ${address.slice(0, 200)}: ${shown(classifyHandedOver(address))}`),
  ...PAGES_OF.map(
    ([page, here]) =>
      () =>
        `- ${here} of ${page}: ${isPageOf({ page, userCode: OURS }, here)}`,
  ),
  () => {
    const amended = amendAuthorization([...authorization(), ...authorization({ id: 'h2' })], 'h2', {
      tabId: 9,
    });
    return `- one of two is amended: ${shown(amended.map(({ id, tabId }) => [id, tabId]))}`;
  },
];

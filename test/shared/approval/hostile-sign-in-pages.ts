import { NONE, NOW, ONE, OURS, type Row, SIGN_IN_HOST, SIGN_IN_PAGE, THEIRS } from './scenes.ts';

const at = (rest: string, host = SIGN_IN_HOST) => `https://${host}/platform/${rest}`;

/** Attacks on a code that AWS compares on its sign-in host, where people also sign in. */
export const HOSTILE_SIGN_IN_PAGES: readonly Row[] = [
  [
    'sign-in host: the address of another request',
    { address: at('authorize?request_uri=urn%3Aaws%3Atheirs') },
    'leave',
    'other-page',
    'own-page',
  ],
  [
    'sign-in host: an address without a request',
    { address: at('authorize') },
    'leave',
    'other-page',
    'own-page',
  ],
  [
    'sign-in host: our request and another one',
    { address: `${SIGN_IN_PAGE}&request_uri=urn%3Aaws%3Atheirs` },
    'leave',
    'other-page',
    'own-page',
  ],
  [
    'sign-in host: our request under another path',
    { address: SIGN_IN_PAGE.replace('authorize', 'd-1234567890/login') },
    'leave',
    'other-page',
    'own-page',
  ],
  [
    'sign-in host: AWS named no request, and the address names none',
    { address: at('authorize'), entry: { page: at('authorize') } },
    'leave',
    'other-page',
    'own-page',
  ],
  [
    'sign-in host: our code and theirs in the address',
    { address: `${SIGN_IN_PAGE}&user_code=${OURS}&user_code=${THEIRS}` },
    'leave',
    'other-page',
    'own-page',
  ],
  [
    'sign-in host: our code, theirs behind #',
    { address: `${SIGN_IN_PAGE}&user_code=${OURS}#/?user_code=${THEIRS}` },
    'leave',
    'other-page',
    'own-page',
  ],
  [
    'sign-in host of another region',
    { address: SIGN_IN_PAGE.replace('us-east-1', 'eu-west-1') },
    'leave',
    'other-host',
    'tenant',
    'own-page',
  ],
  [
    'sign-in host: outside the pages that AWS writes there',
    {
      address: SIGN_IN_PAGE.replace('/platform/', '/other/'),
      entry: { page: SIGN_IN_PAGE.replace('/platform/', '/other/') },
    },
    'leave',
    'not-aws',
    'origin',
    'address-code',
  ],
  ['sign-in host: http', { address: SIGN_IN_PAGE.replace('https', 'http') }, 'wait', 'not-an-approval-page'],
  [
    'sign-in host: a code that nobody asked for',
    { reading: { shownCodes: [THEIRS] } },
    'warn',
    'foreign-code',
    'vouched',
  ],
  [
    'sign-in host: a foreign code in the address, nothing shown yet',
    { address: at(`authorize?user_code=${THEIRS}`), reading: { shownCodes: [] }, book: [] },
    'warn',
    'foreign-code',
    'vouched',
  ],
  [
    'sign-in host: ours in the address, theirs on the page',
    { address: `${SIGN_IN_PAGE}&user_code=${OURS}`, reading: { shownCodes: [THEIRS] } },
    'warn',
    'shown-code-differs',
    'shown-code',
  ],
  [
    'sign-in host: two codes',
    { reading: { shownCodes: [OURS, THEIRS] } },
    'leave',
    'several-codes',
    'one-code',
  ],
  ['sign-in host: our page in another tab', { tab: { tabId: 8 } }, 'leave', 'other-tab', 'own-tab'],
  [
    'sign-in host: confirm twice',
    { reading: { confirm: { ...ONE, present: 2, usable: 2 } } },
    'leave',
    'several-buttons',
    'one-button',
  ],
  ['sign-in host: both buttons', { reading: { allow: ONE } }, 'leave', 'both-buttons', 'both-buttons'],
  ['sign-in host: no known button', { reading: { confirm: NONE } }, 'wait', 'no-button-yet', 'usable-button'],
  // Where a person signs in: no code, so whatever else is there is nothing to awsher.
  ['a sign-in page with our button', { reading: { shownCodes: [] } }, 'wait', 'not-an-approval-page'],
  [
    'a sign-in page with an allow button',
    { reading: { shownCodes: [], confirm: NONE, allow: ONE }, entry: { confirmedAt: NOW } },
    'wait',
    'not-an-approval-page',
  ],
  [
    'a sign-in page that says "approved"',
    { reading: { shownCodes: [], approved: true } },
    'wait',
    'not-an-approval-page',
  ],
  [
    'a sign-in page with an error',
    { reading: { shownCodes: [], error: true } },
    'wait',
    'not-an-approval-page',
  ],
];

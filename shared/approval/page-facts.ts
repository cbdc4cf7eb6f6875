import type { PageFacts } from './page-facts-schema.ts';

/**
 * How AWS's approval pages are recognised, best first, each with the month in which it was last seen on a live page or in a
 * public tool that works on them, and who says so. AWS changed these pages five times in two years: what is not in here is
 * left alone and said so. Never: hashed classes, `button[type=submit]` (Deny is one too, and comes first), parts of a text.
 *
 * Extension and host each have a copy, and the newer one counts: a change of the pages needs no update from a store.
 */
export const PAGE_FACTS: PageFacts = {
  asOf: '2026-11-30',
  routes: [
    {
      page: 'device',
      place: 'fragment',
      path: '/device',
      parameter: 'user_code',
      lastSeen: '2026-07',
      source: 'several-tools',
    },
    // A host of its own until the end of 2024; AWS's documentation still shows it.
    {
      page: 'device',
      place: 'query',
      path: '/',
      parameter: 'user_code',
      lastSeen: '2024-12',
      source: 'aws',
    },
    {
      page: 'consent',
      place: 'fragment',
      path: '/',
      parameter: 'deviceContextId',
      lastSeen: '2026-07',
      source: 'several-tools',
    },
    {
      page: 'authorization',
      place: 'fragment',
      path: '/',
      parameter: 'clientId',
      lastSeen: '2026-07',
      source: 'several-tools',
    },
  ],
  confirm: {
    selectors: [
      { selector: '#cli_verification_btn', lastSeen: '2026-07', source: 'several-tools' },
      { selector: 'button[data-analytics="accept-user-code"]', lastSeen: '2026-07', source: 'several-tools' },
    ],
    texts: [
      { text: 'Confirm and continue', lastSeen: '2026-07', source: 'several-tools' },
      { text: '確認して続行', lastSeen: '2025-11', source: 'several-tools' },
      { text: '确认并继续', lastSeen: '2025-11', source: 'several-tools' },
    ],
  },
  allow: {
    selectors: [
      { selector: 'button[data-testid="allow-access-button"]', lastSeen: '2026-07', source: 'several-tools' },
      {
        selector: 'button[data-analytics="consent-allow-access"]',
        lastSeen: '2026-07',
        source: 'several-tools',
      },
    ],
    texts: [
      { text: 'Allow access', lastSeen: '2026-07', source: 'several-tools' },
      { text: 'Allow', lastSeen: '2024-12', source: 'several-tools' },
      { text: 'アクセスを許可', lastSeen: '2025-11', source: 'several-tools' },
      { text: '允许访问', lastSeen: '2025-11', source: 'several-tools' },
    ],
  },
  shownCode: { selectors: [{ selector: '#user-code', lastSeen: '2026-07', source: 'one-tool' }], texts: [] },
  approved: {
    selectors: [
      { selector: '[data-analytics-alert="success"]', lastSeen: '2026-07', source: 'several-tools' },
      { selector: '[data-testid="consent-success-component"]', lastSeen: '2026-02', source: 'one-tool' },
    ],
    /** Whole text of a heading, or its beginning inside `.awsui-context-alert`. */
    texts: [
      { text: 'Request approved', lastSeen: '2026-07', source: 'several-tools' },
      { text: 'リクエストが承認されました', lastSeen: '2025-11', source: 'several-tools' },
    ],
  },
  failed: {
    selectors: [
      { selector: '[data-analytics-alert="error"]', lastSeen: '2026-07', source: 'one-tool' },
      { selector: '[data-testid*="error-alert"]', lastSeen: '2026-02', source: 'one-tool' },
      { selector: '.awsui-alert-type-error', lastSeen: '2025-01', source: 'one-tool' },
    ],
    texts: [],
  },
};

/**
 * Of two sets of facts the one that is newer; the first where they are as old. The routes of this build count beside newer ones:
 * what comes from outside may teach a form of an address, and make awsher blind to none.
 */
export const newerFacts = (known: PageFacts, other: PageFacts): PageFacts =>
  other.asOf > known.asOf ? { ...other, routes: [...PAGE_FACTS.routes, ...other.routes] } : known;

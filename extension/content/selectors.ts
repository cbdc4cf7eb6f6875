/**
 * How AWS's approval pages are recognised, best first, with the month in which each was last seen on a live page or in
 * a public tool that works on them. AWS changed these pages five times in two years: what is not in this table is left
 * alone and said so. Never: hashed classes, `button[type=submit]` (Deny is one too, and comes first), parts of a text.
 */
export interface Known {
  selector: string;
  /** `yyyy-mm` */
  lastSeen: string;
}
export interface KnownText {
  text: string;
  locale: string;
  lastSeen: string;
}

export const CONFIRM: readonly Known[] = [
  { selector: '#cli_verification_btn', lastSeen: '2026-07' },
  { selector: 'button[data-analytics="accept-user-code"]', lastSeen: '2026-07' },
];
export const CONFIRM_TEXTS: readonly KnownText[] = [
  { text: 'Confirm and continue', locale: 'en', lastSeen: '2026-07' },
  { text: '確認して続行', locale: 'ja', lastSeen: '2025-11' },
  { text: '确认并继续', locale: 'zh', lastSeen: '2025-11' },
];

export const ALLOW: readonly Known[] = [
  { selector: 'button[data-testid="allow-access-button"]', lastSeen: '2026-07' },
  { selector: 'button[data-analytics="consent-allow-access"]', lastSeen: '2026-07' },
];
export const ALLOW_TEXTS: readonly KnownText[] = [
  { text: 'Allow access', locale: 'en', lastSeen: '2026-07' },
  { text: 'Allow', locale: 'en', lastSeen: '2024-12' },
  { text: 'アクセスを許可', locale: 'ja', lastSeen: '2025-11' },
  { text: '允许访问', locale: 'zh', lastSeen: '2025-11' },
];

export const SHOWN_CODE: readonly Known[] = [{ selector: '#user-code', lastSeen: '2026-07' }];

export const APPROVED: readonly Known[] = [
  { selector: '[data-analytics-alert="success"]', lastSeen: '2026-07' },
  { selector: '[data-testid="consent-success-component"]', lastSeen: '2026-02' },
];
/** Whole text of one element, or its beginning inside `.awsui-context-alert`. */
export const APPROVED_TEXTS: readonly KnownText[] = [
  { text: 'Request approved', locale: 'en', lastSeen: '2026-07' },
  { text: 'リクエストが承認されました', locale: 'ja', lastSeen: '2025-11' },
];

export const FAILED: readonly Known[] = [
  { selector: '[data-analytics-alert="error"]', lastSeen: '2026-07' },
  { selector: '[data-testid*="error-alert"]', lastSeen: '2026-02' },
  { selector: '.awsui-alert-type-error', lastSeen: '2025-01' },
];

/** May lie over the buttons; it is matched exactly and never answered for the person. */
export const COOKIE_BANNER = '[data-id="awsccc-cb"]';

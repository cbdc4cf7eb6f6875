import type { Account } from './catalogue.ts';
import type { Family, PortalForm } from './hosts.ts';
import type { Locale } from './pages/texts.ts';

/**
 * What the pages show and how they behave. Sent to the page as it is, so no secret may be in here.
 * To add one: a line here, its default below, and its use in `pages/`.
 */
export interface PageOptions {
  /** How long a portal document is complete but blank. */
  blankMs: number;
  locale: Locale;
  /** Which of the marks in the table of known elements the pages carry; `none` is a page that nobody knows yet. */
  markers: 'all' | 'attributes' | 'text' | 'none';
  /** Words on the allow button instead of the locale's: AWS has used "Allow" and "Allow access". */
  allowText: string | null;
  /** The buttons are disabled for this long after each rendering. */
  disabledMs: number;
  /** The page is rendered anew, with new elements, at this interval; 0 is never. */
  rerenderMs: number;
  /** A second element with the same marks as the button that counts. */
  twin: 'none' | 'visible' | 'hidden';
  /** What lies over the buttons; `transparent`: nothing, and people do not see them. */
  cover: 'none' | 'cookie-banner' | 'overlay' | 'transparent';
  /** Confirm and allow buttons on one page. */
  bothButtons: boolean;
  /** A second code in the text of the code page. */
  extraCode: string | null;
  /** The code that the page shows, when it is not the one in the address. */
  shownCode: string | null;
  /** The address of a PKCE consent page tells nothing: how it really looks is not documented. */
  plainConsent: boolean;
  /** What starts the passkey ceremony: the person's click, the page's load, or nothing because the company's own sign-in is still alive. */
  signIn: 'click' | 'load' | 'silent';
}

/** How the service itself behaves. */
export interface ServiceOptions {
  /**
   * Where the verification address points: the portal (since 2025), `device.sso.{region}.amazonaws.com` (before), or
   * `{region}.signin.aws/platform/authorize` (seen in one region since September 2026).
   */
  verification: 'portal' | 'device-host' | 'sign-in-host';
  /** How the portal writes the addresses of code and consent: as it does now, or in a form that nobody knows yet. */
  routes: 'known' | 'new';
  /** Whether the address of that page has the code in it. */
  codeInAddress: boolean;
  /** Whether StartDeviceAuthorization answers with a `verificationUriComplete`. */
  completeAddress: boolean;
  /** The portals' family that the company's IdP knows; another one ends after the passkey. `null`: either. */
  idpFamily: Family | null;
  /** Whether the portal's document names its region. */
  regionInPage: boolean;
  /** What a company's own servers (`*.corp.example`) answer: whether they serve HEAD, and where they redirect to. */
  ownAddresses: Record<string, { head: boolean; location: string | null }>;
  /** The grant is remembered: confirm leads straight to "Request approved". */
  skipConsent: boolean;
  /** Who sends the browser back at the end of PKCE: the portal's page, or the OIDC host by a 302. */
  lastHop: 'page' | 'oidc';
  /** A script that got into the portal: what it does on a PKCE consent page before the buttons are there. */
  atConsent: ((request: { redirectUri: string; state: string }) => string) | null;
  deviceCodeSeconds: number;
  intervalSeconds: number;
  /** Answers `slow_down` to a client that polls faster than the interval, and adds 5 s to it. */
  enforceInterval: boolean;
  accessTokenSeconds: number;
  portalSessionSeconds: number;
  registrationSeconds: number;
  roleCredentialSeconds: number;
  /** Portal API calls per second before 429; null is no limit. */
  portalRatePerSecond: number | null;
  portalBurst: number;
  /** How long every portal call is refused after one came too soon: bursts are punished. 0 is not at all. */
  portalShutSeconds: number;
  /** Value of `Retry-After` on a 429; null sends none. */
  retryAfterSeconds: number | null;
  /** The company's SAML IdP: who it says it is, where it posts to, what roles it gives, and for how long. */
  samlIssuer: string;
  samlPostTo: string;
  samlRoles: readonly (readonly [role: string, provider: string])[];
  /** The attribute SessionDuration; null leaves it out. */
  samlSessionSeconds: number | null;
  /** The longest session that every role allows. */
  samlRoleMaxSeconds: number;
  /** What is wrong with the responses of the IdP. */
  samlFault: SamlFault | null;
  /** How its page sends them: by itself, without a response, with two, into a frame, or not before the test does. */
  samlForm: 'usual' | 'none' | 'two' | 'frame' | 'waits';
  /** Assignments that ListAccountRoles still lists and GetRoleCredentials refuses with 403: `accountId/roleName`. */
  forbiddenRoles: string[];
  /** Accounts that ListAccounts still lists and ListAccountRoles refuses with 403: suspended ones. */
  forbiddenAccounts: string[];
}

export type SamlFault =
  | 'not-base64'
  | 'not-xml'
  | 'cut'
  | 'doctype'
  | 'long'
  | 'expired'
  | 'future'
  | 'other-audience'
  | 'other-issuer'
  | 'replay';

export type Options = PageOptions & ServiceOptions;

export const PAGE_DEFAULTS: PageOptions = {
  blankMs: 1000,
  locale: 'en',
  markers: 'all',
  allowText: null,
  disabledMs: 0,
  rerenderMs: 0,
  twin: 'none',
  cover: 'none',
  bothButtons: false,
  extraCode: null,
  shownCode: null,
  plainConsent: false,
  signIn: 'click',
};

export const SERVICE_DEFAULTS: ServiceOptions = {
  verification: 'portal',
  routes: 'known',
  codeInAddress: true,
  completeAddress: true,
  idpFamily: null,
  regionInPage: true,
  ownAddresses: {},
  skipConsent: false,
  lastHop: 'page',
  atConsent: null,
  deviceCodeSeconds: 600,
  intervalSeconds: 1,
  enforceInterval: false,
  accessTokenSeconds: 3600,
  portalSessionSeconds: 8 * 3600,
  registrationSeconds: 90 * 24 * 3600,
  roleCredentialSeconds: 3600,
  portalRatePerSecond: null,
  portalBurst: 20,
  portalShutSeconds: 0,
  retryAfterSeconds: 1,
  samlIssuer: 'https://idp.example.com/saml',
  samlPostTo: 'https://signin.aws.amazon.com/saml',
  samlRoles: [
    ['arn:aws:iam::111122223333:role/Admin', 'arn:aws:iam::111122223333:saml-provider/Corp'],
    ['arn:aws:iam::444455556666:role/team/ReadOnly', 'arn:aws:iam::444455556666:saml-provider/Corp'],
  ],
  samlSessionSeconds: null,
  samlRoleMaxSeconds: 43_200,
  samlFault: null,
  samlForm: 'usual',
  forbiddenRoles: [],
  forbiddenAccounts: [],
};

/** What is settled once, when the server starts. */
export interface SetUp {
  /** First label of the start URL. */
  alias: string;
  region: string;
  portalForm: PortalForm;
  /** More directories behind the same server: other tenants, other regions. */
  others: { alias: string; region?: string; portalForm?: PortalForm }[];
  /** The catalogue, or how many accounts to invent. */
  accounts: number | Account[];
  rolesPerAccount: number;
  user: { userName: string; displayName: string };
}

export const SET_UP_DEFAULTS: SetUp = {
  alias: 'corp',
  region: 'us-east-1',
  portalForm: 'awsapps',
  others: [],
  accounts: 3,
  rolesPerAccount: 2,
  user: { userName: 'ana@example.com', displayName: 'Ana' },
};

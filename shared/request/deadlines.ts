/** Every wait of a request, in milliseconds. Nothing else in the product says how long a sign-in may take. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Nothing known on the page for this long: the person should look at it. */
export const UNKNOWN_PAGE_MS = 8 * SECOND;
/** A press that the page does not answer in words that awsher knows may have been the last one: AWS knows. */
export const UNANSWERED_PRESS_MS = 2 * SECOND;
/**
 * A page that awsher may not see and that has stopped loading is where the person signs in. A company's IdP may send a live session
 * straight on, so it has to stay for a moment before the tab comes to the front.
 */
export const REST_MS = { 'sign-in': 600, 'hand-over': 600, saml: 1_500 } as const;
/** The page of the command that asked has been shown, and its callback server has answered, when its tab was complete for this long. */
export const HOME_MS = 1 * SECOND;

/** As far as no person is waited for: the host's start and the portal's address, then a registration and a code. */
export const START_MS = 3 * MINUTE;
/** How long awsher's own dialog waits for the person. */
export const QUESTION_MS = { 'sign-in': 10 * MINUTE, 'hand-over': 2 * MINUTE, saml: 10 * MINUTE } as const;
/** How long the page with the one button for a host permission waits. */
export const PERMISSION_MS = 10 * MINUTE;
/** A device code lives ten minutes (AWS), and what was handed over no longer than that. */
export const HAND_OVER_MS = 10 * MINUTE;
/** Between two questions for the token of a PKCE request, where the network failed. */
export const EXCHANGE_MS = 1 * SECOND;
/** How long a SAML response is waited for. */
export const SAML_MS = 5 * MINUTE;
/** How long terminals get to come back after the background was put to sleep; they look for us every 250 ms. */
export const TERMINALS_RETURN_MS = 45 * SECOND;
/** How long what has ended is kept: a terminal that lost its link learns the end, a late page is known as ours. */
export const KEEP_ENDED_MS = { 'sign-in': 5 * MINUTE, 'hand-over': 60 * MINUTE, saml: 5 * MINUTE } as const;

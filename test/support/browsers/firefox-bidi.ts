import type { Browser } from 'puppeteer-core';
import * as v from 'valibot';

const tree = v.object({ contexts: v.array(v.object({ context: v.string() })) });
const outcome = v.looseObject({
  type: v.string(),
  result: v.optional(v.looseObject({ value: v.optional(v.unknown()) })),
  exceptionDetails: v.optional(v.looseObject({ text: v.string() })),
});

interface Bidi {
  send(method: string, params: object): Promise<unknown>;
  /** Tells the driver of an event. */
  emit(method: string, params: unknown): boolean;
}

/**
 * Runs a function in Firefox' own window, with its privileges, over the session that drives the pages.
 * Needs `--remote-allow-system-access`. The function is source text, because its names exist only there. Returns what
 * it returns when that is a text, a number or a truth value.
 */
export async function runPrivileged(browser: Browser, functionDeclaration: string): Promise<unknown> {
  const bidi = bidiOf(browser);
  const { result } = v.parse(
    v.object({ result: tree }),
    await bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome' }),
  );
  const [window] = result.contexts;
  const answer = v.parse(
    v.object({ result: outcome }),
    await bidi.send('script.callFunction', {
      functionDeclaration,
      awaitPromise: true,
      target: { context: window?.context },
    }),
  );
  if (answer.result.type !== 'success')
    throw new Error(answer.result.exceptionDetails?.text ?? 'script failed');
  return answer.result.result?.value;
}

/** Whether Firefox tells its driver of each request, which it is started without; a page that answers requests needs it. */
export async function tellRequests(browser: Browser, tell: boolean): Promise<void> {
  await bidiOf(browser).send(tell ? 'session.subscribe' : 'session.unsubscribe', { events: ['network'] });
}

/** The session over which the driver and Firefox talk. */
export function bidiOf(browser: Browser): Bidi {
  if (!hasBidi(browser)) throw new Error('this browser is not driven over WebDriver BiDi');
  return browser.connection;
}

/** The session is there and is not in the driver's public types. */
function hasBidi(browser: Browser): browser is Browser & { connection: Bidi } {
  return 'connection' in browser && typeof browser.connection === 'object';
}

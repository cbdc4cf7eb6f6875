import type { Look } from '../judged.ts';

/** What an attack needs of a browser and its tabs, whichever browser it is. */
export interface LabPage {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  url(): string;
  /** Until an element is there that is not hidden. */
  waitForSelector(selector: string, options?: { timeout: number }): Promise<void>;
  waitForURL(wanted: RegExp | string): Promise<void>;
  waitForText(text: string): Promise<void>;
  evaluate<R, A>(inPage: (argument: A) => R, argument: A): Promise<Awaited<R>>;
  bringToFront(): Promise<void>;
  /** A function of the test as one of the page's own. */
  expose(name: string, told: () => void): Promise<void>;
  /** From now on requests of such an address are held, until the function that it gives is called. */
  hold(address: RegExp): Promise<() => Promise<void>>;
  /** From now on every request for this host is answered with this page; `asked` hears each path. */
  serve(hostname: string, html: string, asked: (path: string) => void): Promise<void>;
  /** In how many worlds of the top document awsher's script runs; `null` where the browser does not tell. */
  injected(): Promise<number | null>;
  /** The same of the first frame in it, once that has come up, and the frame's origin. */
  frame(): Promise<{ origin: string; injected: number | null }>;
}

export interface LabBrowser {
  /** The tab that somebody else opens next. */
  nextPage(): Promise<LabPage>;
  newPage(): Promise<LabPage>;
  signInToPortals(): Promise<void>;
  /** The person gives awsher these hosts, which it does not have with the installation. */
  allow(hosts: readonly string[]): Promise<void>;
  /**
   * The extension's storage keeps what it is given when this press is about to be ordered, once: until the function that this
   * gives is called, which waits until the page has answered the order.
   */
  holdNext(step: 'confirm' | 'allow'): Promise<() => Promise<void>>;
  /** What awsher makes of what all tabs show now. */
  looks(): Promise<Look[]>;
  /** What the background keeps in the session, as it is stored. */
  keptState(): Promise<unknown>;
  /** Ends the extension's background, as the browser does when it puts it to sleep. */
  stopBackground(): Promise<void>;
  /** Signed out, and no tab but the first; or still signed in, with a tab to keep, whose requests are held and served no more. */
  clear(keep?: LabPage): Promise<void>;
  /** Its end, or its use by others. */
  leave(): Promise<void>;
  /** The end of it and of its ground. */
  close(): Promise<void>;
}

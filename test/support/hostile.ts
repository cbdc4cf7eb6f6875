import type { Ground } from './ground.ts';
import type { Judged } from './judged.ts';

/** A tab of the person, whichever browser it is in. */
export interface PersonsTab {
  goto(url: string): Promise<void>;
  waitFor(selector: string): Promise<void>;
  /** A real click with the pointer where the element is, whatever lies over it. */
  clickAt(selector: string): Promise<void>;
  evaluate<T>(read: () => T): Promise<T>;
  /** A key of the keyboard, where the focus is. */
  press(key: string): Promise<void>;
  /** Runs at the beginning of every document from now on. */
  atStart(run: () => void): Promise<void>;
}

/** What a hostile case needs of a browser with the shipped extension; each browser's driver plays the same cases. */
export interface HostileStage extends Ground {
  /** A portal that the person is signed in to. */
  signedInToPortal(): Promise<void>;
  newTab(): Promise<PersonsTab>;
  /** As a program of this computer has an address opened in the browser that runs: in a tab of its own, by no page. */
  openFromOutside(url: string): Promise<void>;
  /** Addresses of the open tabs and dialogs. */
  tabs(): Promise<string[]>;
  /** What awsher makes of the pages whose address has `part` in it, from what is known now. */
  judged(part: string): Promise<Judged[]>;
  /** Closes the tab whose address has `part` in it. */
  closeTab(part: string): Promise<void>;
  /** Everything in the extension's storage areas, as text. */
  stored(): Promise<string>;
  /** Puts the extension's background to sleep. */
  stopBackground(): Promise<void>;
  /** As it was opened. */
  renew(): Promise<void>;
  /** Its end, or its use by another file. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** A browser that plays the hostile cases, with whether it is installed here. */
export interface HostileBrowser {
  browser: 'chromium' | 'firefox';
  installed: boolean;
  open(): Promise<HostileStage>;
}

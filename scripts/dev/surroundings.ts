import type { IdentityCenter } from '../../test/support/identity-center/index.ts';

export interface DevOptions {
  readonly engine: 'chromium' | 'firefox';
  /** In a window; it needs a display. */
  readonly visible: boolean;
  /** One line for the person. */
  readonly say: (line: string) => void;
}

/** What each loop is given. */
export interface Surroundings extends DevOptions {
  readonly idc: IdentityCenter;
  readonly home: string;
  /** Where the loop writes the extension. */
  readonly extensionDir: string;
}

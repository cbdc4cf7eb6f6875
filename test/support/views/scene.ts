import type { Page } from 'playwright-core';
import type { AskMessage } from '../../../shared/protocol/dialog.ts';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import type { FakeRolesOptions } from './fake-roles.ts';

/** CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One state of one view: what is shown, in which window, and what brings it there. */
export interface Scene {
  /** `VIEW-STATE`, the name of its picture. */
  readonly name: string;
  readonly path: string;
  readonly state: ViewState | null;
  readonly question?: AskMessage['question'];
  readonly language?: string;
  /** Accounts and roles that are stored, and answers about them. */
  readonly roles?: FakeRolesOptions;
  /** CSS pixels. */
  readonly window: Size;
  /** Something that is there when the view has drawn its first state. */
  readonly ready: string;
  /** What a person does to get there. */
  readonly act?: (page: Page) => Promise<void>;
  /** The part of the page that the picture shows; all of it unless told. */
  readonly part?: string;
  /** A page of AWS lies under it, which keeps its own direction. */
  readonly onForeignPage?: true;
  /** Windows in which the layout must hold, too: what zoom leaves of the scene's own. The first is that of 200 %. */
  readonly zoomed: readonly Size[];
}

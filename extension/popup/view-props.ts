import type { LoggedDecision } from '../../shared/approval/decision-log.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';

/** What every view of the popup gets. */
export interface ViewProps {
  state: ViewState;
  /** The log of decisions, newest first; `null` until it has come. */
  history: LoggedDecision[] | null;
  send: (request: ViewRequest) => void;
  /** Shows another view. */
  go: (view: ViewName) => void;
}

export type ViewName = 'sessions' | 'roles' | 'history';

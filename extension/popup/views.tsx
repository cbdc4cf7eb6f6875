import type { LoggedDecision } from '../../shared/approval/decision-log.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import type { PlainKey } from '../ui/i18n.ts';
import { HistoryView } from './history/history-view.tsx';
import { RolesView } from './roles/roles-view.tsx';
import { SessionsView } from './sessions/sessions-view.tsx';

/** What every view of the popup gets. */
export interface ViewProps {
  state: ViewState;
  /** The log of decisions, newest first; `null` until it has come. */
  history: LoggedDecision[] | null;
  send: (request: ViewRequest) => void;
  /** Shows another view. */
  go: (view: ViewName) => void;
}

/** The popup's views in the order of their tabs; a view is one component and one line here. */
export const VIEWS = [
  { id: 'sessions', label: 'sessions', View: SessionsView },
  { id: 'roles', label: 'roles', View: RolesView },
  { id: 'history', label: 'history', View: HistoryView },
] as const satisfies readonly {
  id: string;
  label: PlainKey;
  View: (props: ViewProps) => preact.ComponentChild;
}[];

export type ViewName = 'sessions' | 'roles' | 'history';

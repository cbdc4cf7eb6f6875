import type { PlainKey } from '../ui/i18n.ts';
import { HistoryView } from './history/history-view.tsx';
import { RolesView } from './roles/roles-view.tsx';
import { SessionsView } from './sessions/sessions-view.tsx';
import type { ViewProps } from './view-props.ts';

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

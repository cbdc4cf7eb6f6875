import { useRef } from 'preact/hooks';

export interface Tab<Id extends string> {
  id: Id;
  label: string;
  /** Something new is behind it; said to screen readers as the label's addition. */
  news?: string | undefined;
}

interface Props<Id extends string> {
  tabs: readonly Tab<Id>[];
  active: Id;
  label: string;
  onTab: (id: Id) => void;
}

/** The id of a tab's panel, for `role="tabpanel"`. */
export const panelId = (id: string): string => `view-${id}`;
export const tabId = (id: string): string => `tab-${id}`;

/** Tabs as ARIA describes them: one stop for the Tab key, arrows and Home and End move, and moving shows. */
export function Tabs<Id extends string>({ tabs, active, label, onTab }: Props<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const go = (to: number): void => {
    const tab = tabs.at(to % tabs.length);
    if (!tab) return;
    onTab(tab.id);
    list.current?.querySelector<HTMLElement>(`#${tabId(tab.id)}`)?.focus();
  };
  const keyed = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === active);
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === forward) go(at + 1);
    else if (event.key === backward) go(at - 1 + tabs.length);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(tabs.length - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={keyed}>
      {tabs.map(({ id, label: text, news }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(id)}
          class="tab"
          aria-selected={id === active}
          aria-controls={id === active ? panelId(id) : undefined}
          tabIndex={id === active ? 0 : -1}
          onClick={() => onTab(id)}
        >
          {text}
          {news !== undefined && (
            <>
              <span class="tab-news" aria-hidden="true" />
              <span class="unseen">{news}</span>
            </>
          )}
        </button>
      ))}
    </div>
  );
}

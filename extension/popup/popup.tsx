import { useEffect, useState } from 'preact/hooks';
import type { LoggedDecision } from '../../shared/approval/decision-log.ts';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { openOptions } from '../platform/pages.ts';
import { HostChip } from '../ui/host-view.tsx';
import { t } from '../ui/i18n.ts';
import { PlusIcon, SlidersIcon } from '../ui/icons.tsx';
import { Mark } from '../ui/mark.tsx';
import { Problem } from '../ui/problem.tsx';
import { panelId, Tabs, tabId } from '../ui/tabs.tsx';
import type { ViewName } from './view-props.ts';
import { VIEWS } from './views.tsx';

interface Props {
  /** `null` until the background has sent one. */
  state: ViewState | null;
  send: (request: ViewRequest) => void;
  /** Why the last request was refused. */
  refused: WireError | null;
  /** The background does not answer. */
  lost: boolean;
  /** The log of decisions, once it was asked for and has come. */
  history: LoggedDecision[] | null;
}

export function Popup({ state, send, refused, lost, history }: Props) {
  const [active, setActive] = useState<ViewName>('sessions');
  const view = VIEWS.find(({ id }) => id === active) ?? VIEWS[0];
  const foreign = state?.foreign ?? null;
  // Each view begins at its own top.
  useEffect(() => scrollTo(0, 0), [active]);
  const tabs = VIEWS.map(({ id, label }) => ({
    id,
    label: t(label),
    news: id === 'history' && foreign ? t('historyNews') : undefined,
  }));
  return (
    <div class="popup">
      <header class="head">
        <Mark size={24} />
        <h1 class="unseen">{t('extensionName')}</h1>
        <Tabs tabs={tabs} active={view.id} label={t('extensionName')} onTab={setActive} />
        <button
          type="button"
          class="button-icon"
          aria-label={t('options')}
          title={t('options')}
          onClick={() => openOptions()}
        >
          <SlidersIcon />
        </button>
      </header>
      <main>
        <div role="tabpanel" id={panelId(view.id)} aria-labelledby={tabId(view.id)} class="view">
          {lost && <p class="panel">{t('lostBackground')}</p>}
          {refused && (
            <section class="panel panel-bad" role="alert">
              <Problem error={refused} />
            </section>
          )}
          {state ? (
            <view.View state={state} send={send} history={history} go={setActive} />
          ) : (
            !lost && <p class="quiet late">{t('starting')}</p>
          )}
        </div>
      </main>
      {state && (
        <footer class="foot">
          <HostChip host={state.host.state} />
          {view.id === 'sessions' && state.sessions.length > 0 && (
            <button type="button" class="button-plain" onClick={() => openOptions('add')}>
              <PlusIcon />
              {t('addSession')}
            </button>
          )}
        </footer>
      )}
    </div>
  );
}

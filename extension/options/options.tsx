import { useEffect, useState } from 'preact/hooks';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { hasContainers } from '../platform/identity.ts';
import { pageUrl } from '../platform/pages.ts';
import { Command } from '../ui/command.tsx';
import { HostChip, HostView } from '../ui/host-view.tsx';
import { t } from '../ui/i18n.ts';
import { Mark } from '../ui/mark.tsx';
import { PermissionView } from '../ui/permission-view.tsx';
import { Problem } from '../ui/problem.tsx';
import { SessionForm } from '../ui/session-form/session-form.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { BrowserSettings } from './browser-settings.tsx';
import { Checks, type ChecksState } from './checks.tsx';
import { ContainerSetting } from './container-setting.tsx';
import { NotificationSettings } from './notification-settings.tsx';
import { PermissionsList } from './permissions-list.tsx';
import { ProductionSetting } from './production-setting.tsx';
import { SessionList } from './session-list.tsx';
import { Section, Switch, useSettings } from './setting.tsx';
import { Transfer } from './transfer.tsx';

type Send = (request: ViewRequest) => void;

interface Props {
  /** `null` until the background has sent one. */
  state: ViewState | null;
  send: Send;
  /** Why the last request was refused, and which one it was. */
  refused: { request: ViewRequest['type']; error: WireError } | null;
  /** The background does not answer. */
  lost: boolean;
  /** What the doctor found. */
  checks: ChecksState;
  /** The part of the page that its address names. */
  place: string;
}

export function Options({ state, send, refused, lost, checks, place }: Props) {
  return (
    <div class="page">
      <header class="head">
        <Mark size={40} />
        <h1>{t('optionsTitle')}</h1>
        {state && <HostChip host={state.host.state} />}
      </header>
      <main>
        {lost && <p class="panel">{t('lostBackground')}</p>}
        {refused && !FORM_REQUESTS.includes(refused.request) && (
          <section class="panel panel-bad" role="alert">
            <Problem error={refused.error} />
          </section>
        )}
        {state ? (
          <Sections state={state} send={send} refused={refused} checks={checks} place={place} />
        ) : (
          !lost && <p class="quiet late">{t('starting')}</p>
        )}
      </main>
      {state && (
        <footer class="foot quiet">
          <span>
            {t('extensionName')} · {t('version', state.version)}
          </span>
          <a href={pageUrl('LICENSES.txt')} target="_blank" rel="noreferrer">
            {t('licences')}
          </a>
        </footer>
      )}
    </div>
  );
}

type SectionsProps = Omit<Props, 'state' | 'lost'> & { state: ViewState };

/** Requests whose refusal the form itself shows. */
const FORM_REQUESTS: readonly string[] = ['session.add', 'session.edit'];

function Sections({ state, send, refused, checks, place }: SectionsProps) {
  const { host, sessions, installCommand } = state;
  const form = useSettings(state, send);
  const [edited, setEdited] = useState<string | null>(
    place.startsWith('edit=') ? decodeURIComponent(place.slice(5)) : null,
  );
  const own = sessions.find(({ target, source }) => target.session === edited && source !== 'managed');
  useEffect(() => {
    if (place === 'add') document.querySelector<HTMLElement>('#startUrl')?.focus();
    if (place === 'checks') document.querySelector('#computer')?.scrollIntoView();
  }, []);
  return (
    <>
      <PermissionView missing={state.missingPermissions} />
      {host.state === 'unavailable' && <HostView host={host} installCommand={installCommand} send={send} />}
      <Section id="sessions" title={t('sessions')} intro={t('sessionsIntro')}>
        <SessionList sessions={sessions} edited={edited} onEdit={setEdited} send={send} />
        <SessionForm
          key={own?.target.session ?? ''}
          names={sessions.map(({ target }) => target.session)}
          refused={refused && FORM_REQUESTS.includes(refused.request) ? refused.error : null}
          editing={own?.target}
          nameStays={own?.source === 'config'}
          onEdited={() => setEdited(null)}
          send={send}
        />
      </Section>
      <Section id="browser" title={t('thisBrowser')}>
        <BrowserSettings form={form} />
      </Section>
      <Section id="notify" title={t('notifications')} intro={t('notificationsIntro')}>
        <NotificationSettings form={form} allowed={state.notifications} />
      </Section>
      <Section id="roles" title={t('roles')}>
        <ProductionSetting />
        {hasContainers() && <ContainerSetting form={form} />}
      </Section>
      <Section id="appearance" title={t('appearance')}>
        <AppearanceSettings form={form} />
      </Section>
      <Section id="computer" title={t('thisComputer')}>
        <Switch
          form={form}
          name="noDeviceCodes"
          label={t('fieldNoDeviceCodes')}
          help={t('fieldNoDeviceCodesHelp')}
        />
        <p>{host.state === 'connected' ? t('hostConnectedBody', host.version) : t('hostConnectingBody')}</p>
        <Checks
          state={checks}
          atOnce={place === 'checks'}
          onRun={(fix) => send({ type: 'doctor.run', fix })}
        />
        <p>{t('repairBody')}</p>
        <Command text={installCommand} />
      </Section>
      <Section id="permissions" title={t('permissions')} intro={t('permissionsIntro')}>
        <PermissionsList missing={state.missingPermissions} notifications={state.notifications} />
      </Section>
      <Section id="transfer" title={t('transfer')}>
        <Transfer state={state} send={send} />
      </Section>
    </>
  );
}

import type { HostState } from '../../shared/protocol/internal.ts';
import { onWindows } from '../platform/identity.ts';
import { Command } from '../ui/command.tsx';
import { HostView } from '../ui/host-view.tsx';
import { t } from '../ui/i18n.ts';
import type { Send } from './progress.ts';

interface Props {
  host: HostState;
  /** `awsher install --browser NAME`. */
  installCommand: string;
  send: Send;
}

/** `engines.node` of package.json; a test holds the two together. */
const NODE = '20.19';

/** Gets the command onto this computer: one line to paste, and the page goes on by itself when it has worked. */
export function HostPart({ host, installCommand, send }: Props) {
  if (host.state === 'unavailable' && host.why !== 'missing')
    return <HostView host={host} installCommand={installCommand} send={send} />;
  return (
    <>
      <p>{t(onWindows() ? 'welcomeHostBodyWindows' : 'welcomeHostBody')}</p>
      <Command text={wholeCommand(installCommand)} />
      <p class="quiet">{t('welcomeHostNeeds', NODE)}</p>
      <details>
        <summary>{t('welcomeHostHave')}</summary>
        <p>{t('welcomeHostEnough')}</p>
        <Command text={installCommand} />
      </details>
      <p class="waiting">
        <span class="waiting-dot" aria-hidden="true" />
        {t('welcomeHostWaiting')}
      </p>
    </>
  );
}

/** The PowerShell that comes with Windows knows no `&&`. */
function wholeCommand(installCommand: string): string {
  return `npm install -g awsher${onWindows() ? ';' : ' &&'} ${installCommand}`;
}

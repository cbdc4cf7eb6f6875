import type { LoggedDecision } from '../../../shared/approval/decision-log.ts';
import { locale, t } from '../../ui/i18n.ts';
import { ShieldIcon } from '../../ui/icons.tsx';
import { ago } from '../../ui/times.ts';

interface Props {
  decision: LoggedDecision;
  now: number;
  onSeen: (id: number) => void;
}

/** A sign-in that no one here asked for was stopped: what that means, and what to do about it. */
export function ForeignAdvice({ decision, now, onSeen }: Props) {
  const { id, at, host } = decision;
  return (
    <section class="panel foreign" aria-labelledby="foreign-title">
      <h2 id="foreign-title" class="foreign-title">
        <ShieldIcon />
        {t('foreignTitle')}
      </h2>
      <p>{t('foreignBody', ago(at, now, locale()), host ?? 'AWS')}</p>
      <ol class="advice-list">
        <li>{t('foreignReport')}</li>
        <li>{t('foreignSignOut')}</li>
      </ol>
      <div class="actions">
        <button type="button" class="button button-main" onClick={() => onSeen(id)}>
          {t('foreignSeen')}
        </button>
      </div>
    </section>
  );
}

import type { SessionView } from '../../shared/protocol/internal.ts';
import { openOptionsTab } from '../platform/pages.ts';
import { Command } from '../ui/command.tsx';
import { locale, t } from '../ui/i18n.ts';
import { hasSignedIn } from './progress.ts';

/** The end of the way: what to type now, and where awsher is from here on. */
export function FinishPart({ sessions }: { sessions: readonly SessionView[] }) {
  const names = sessions.filter(hasSignedIn).map(({ target }) => target.session);
  const [first] = names;
  // With one session the commands need no name; with more they ask, so the name is given.
  const session = sessions.length > 1 && first ? ` --session ${first}` : '';
  return (
    <section class="panel finish" aria-labelledby="finish-title">
      <h2 id="finish-title" tabIndex={-1}>
        {t('welcomeDoneTitle')}
      </h2>
      <p>{t('welcomeDoneBody', new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names))}</p>
      <ol class="nexts">
        <li>
          <p>{t('welcomeNextProfiles')}</p>
          <Command text={`awsher profiles sync${session}`} />
        </li>
        <li>
          <p>{t('welcomeNextUse')}</p>
          <Command text="aws s3 ls --profile NAME" />
        </li>
      </ol>
      <p class="quiet">{t('welcomePin')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={openOptionsTab}>
          {t('options')}
        </button>
      </div>
    </section>
  );
}

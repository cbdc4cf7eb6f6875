import type { WireError } from '../../shared/errors/awsher-error.ts';
import { t } from '../ui/i18n.ts';
import { SessionForm } from '../ui/session-form/session-form.tsx';
import type { Send } from './progress.ts';

/** Adds the first session. Its first sign-in writes it to ~/.aws/config. */
export function SessionPart({ refused, send }: { refused: WireError | null; send: Send }) {
  return (
    <>
      <p>{t('welcomeSessionBody')}</p>
      <SessionForm names={[]} refused={refused} send={send} />
    </>
  );
}

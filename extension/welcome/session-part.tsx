import type { WireError } from '../../shared/errors/awsher-error.ts';
import { SessionForm } from '../options/session-form.tsx';
import { t } from '../ui/i18n.ts';
import type { Send } from './welcome.tsx';

/** Adds the first session. Its first sign-in writes it to ~/.aws/config. */
export function SessionPart({ refused, send }: { refused: WireError | null; send: Send }) {
  return (
    <>
      <p>{t('welcomeSessionBody')}</p>
      <SessionForm names={[]} refused={refused} send={send} />
    </>
  );
}

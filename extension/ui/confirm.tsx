import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from './i18n.ts';

interface Props {
  question: string;
  /** What the answer does, as its button says it. */
  action: string;
  onYes: () => void;
  onNo: () => void;
}

/** A question before what cannot be taken back. The harmless answer has the focus. */
export function Confirm({ question, action, onYes, onNo }: Props) {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus(), []);
  return (
    <fieldset class="question" aria-labelledby="question">
      <p id="question">{question}</p>
      <div class="actions">
        <button type="button" class="button button-bad" aria-describedby="question" onClick={onYes}>
          {action}
        </button>
        <button type="button" class="button" ref={keep} onClick={onNo}>
          {t('keep')}
        </button>
      </div>
    </fieldset>
  );
}

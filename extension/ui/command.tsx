import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { copyText } from '../platform/pages.ts';
import { startTimer } from '../platform/time.ts';
import { t } from './i18n.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';

const COPIED_MS = 2_000;

/** One command to type, broken between words only, with a button that copies it. Where copying is refused the text is selected instead. */
export function Command({ text }: { text: string }) {
  const line = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => (copied ? startTimer(COPIED_MS, () => setCopied(false)) : undefined), [copied]);
  const copy = async (): Promise<void> => {
    if (await copyText(text)) setCopied(true);
    else if (line.current) getSelection()?.selectAllChildren(line.current);
  };
  return (
    <div class="command">
      <code ref={line} dir="ltr" translate={false}>
        {text.split(' ').map((word, index) => (
          <Fragment key={`${index} ${word}`}>
            {index > 0 && ' '}
            <span>{word}</span>
          </Fragment>
        ))}
      </code>
      <button type="button" class="command-copy" onClick={copy}>
        {copied ? <CheckIcon /> : <CopyIcon />}
        {copied ? t('copied') : t('copy')}
        <span class="unseen" dir="ltr">
          {' '}
          {text}
        </span>
      </button>
      <span class="unseen" role="status">
        {copied ? t('copied') : ''}
      </span>
    </div>
  );
}

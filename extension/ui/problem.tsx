import type { WireError } from '../../shared/errors/awsher-error.ts';
import { Command } from './command.tsx';
import { hintParts } from './hint-parts.ts';

/** The next step of an error: its words, and its commands ready to be copied. Errors are in English everywhere. */
export function Hint({ hint }: { hint: string }) {
  return (
    <div class="hint" lang="en" dir="ltr">
      {hintParts(hint).map(({ kind, text }) =>
        kind === 'command' ? <Command key={text} text={text} /> : <p key={text}>{text}</p>,
      )}
    </div>
  );
}

/** What went wrong in one sentence. */
export function ProblemSentence({ error }: { error: WireError }) {
  return (
    <p class="problem-sentence" lang="en" dir="auto">
      {error.message}
    </p>
  );
}

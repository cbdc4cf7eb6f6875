import type { ComponentChildren } from 'preact';
import { CheckIcon } from '../ui/icons.tsx';

interface Props {
  number: number;
  title: string;
  phase: 'done' | 'due' | 'later';
  /** What came of it, once it is done. */
  outcome: string;
  children: ComponentChildren;
}

/** One step of the way: its number, its title, and what there is to do while it is due. */
export function Step({ number, title, phase, outcome, children }: Props) {
  return (
    <li class={`step step-${phase}`} aria-current={phase === 'due' ? 'step' : undefined}>
      <span class="step-number" aria-hidden="true">
        {phase === 'done' ? <CheckIcon /> : number}
      </span>
      <div class="step-body">
        <h2 tabIndex={-1}>{title}</h2>
        {phase === 'done' && <p class="step-outcome">{outcome}</p>}
        {phase === 'due' && children}
      </div>
    </li>
  );
}

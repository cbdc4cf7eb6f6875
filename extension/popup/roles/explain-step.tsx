import { useEffect, useRef, useState } from 'preact/hooks';
import { toAwsherError, type WireError } from '../../../shared/errors/awsher-error.ts';
import type { ExplainedLine } from '../../../shared/protocol/roles.ts';
import type { RolesLink } from '../../platform/roles-link.ts';
import { Command } from '../../ui/command.tsx';
import { t } from '../../ui/i18n.ts';
import type { RoleEntry } from './role-index.ts';
import { StepPanel } from './step-panel.tsx';

interface Props {
  role: RoleEntry;
  link: RolesLink;
  onBack(): void;
}

type Told =
  | { kind: 'asking' }
  | { kind: 'failed'; error: WireError }
  | { kind: 'told'; profile: string | null; verdict: string; lines: ExplainedLine[] };

/** Where the credentials of the role's profile come from: the tree of `awsher explain`, told by the same resolver. */
export function ExplainStep({ role, link, onBack }: Props) {
  const [told, setTold] = useState<Told>({ kind: 'asking' });
  const section = useRef<HTMLElement>(null);
  const { session, accountId } = role.account;
  useEffect(() => {
    let gone = false;
    section.current?.focus();
    link.ask({ type: 'explain', role: { session, accountId, roleName: role.roleName } }).then(
      (answer) => {
        if (answer.type !== 'explain' || gone) return;
        const { profile, verdict, lines } = answer;
        setTold({ kind: 'told', profile, verdict, lines });
      },
      (thrown: unknown) => {
        if (!gone) setTold({ kind: 'failed', error: toAwsherError(thrown).toWire() });
      },
    );
    return () => {
      gone = true;
    };
  }, []);

  return (
    <StepPanel
      kind="explain"
      title={t('explainRole')}
      section={section}
      error={told.kind === 'failed' ? told.error : null}
      onBack={onBack}
    >
      <p class="quiet" role="status">
        {told.kind === 'asking' && <span class="late">{t('explainAsking')}</span>}
        {told.kind === 'told' && (told.profile === null ? t('explainNoProfile') : told.verdict)}
      </p>
      {told.kind === 'told' && told.profile !== null && (
        <>
          {/* Sentences of the command, which speaks English. */}
          <ul class="explain-lines" lang="en" dir="ltr">
            {told.lines.map((line, at) => (
              <Line key={`${at}`} line={line} />
            ))}
          </ul>
          <Command text={`awsher explain ${told.profile}`} />
        </>
      )}
    </StepPanel>
  );
}

const MARKS: Record<ExplainedLine['mark'], string> = {
  taken: '✓',
  'passed-over': '–',
  'not-there': '·',
  invalid: '✗',
  detail: '',
};

function Line({ line }: { line: ExplainedLine }) {
  const { depth, mark, title, text, place } = line;
  return (
    <li
      class={`explain-line explain-${mark}`}
      style={{ marginInlineStart: `${Math.min(depth, 6) * 0.75}rem` }}
    >
      <span class="explain-mark" aria-hidden="true">
        {MARKS[mark]}
      </span>
      <span>
        <b>{title}</b> {text}
        {place !== '' && <span class="explain-place"> {place}</span>}
      </span>
    </li>
  );
}

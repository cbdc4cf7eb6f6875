import { useEffect, useRef, useState } from 'preact/hooks';
import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import type { WireError } from '../../../shared/errors/awsher-error.ts';
import type { Target } from '../../../shared/fields.ts';
import type { ViewRequest } from '../../../shared/protocol/internal.ts';
import { t } from '../i18n.ts';
import { Problem } from '../problem.tsx';
import { checkDraft, type Draft, type DraftErrors, readyDraft } from './check-session.ts';
import { Field, fieldAttributes } from './field.tsx';
import { RegionBox } from './region-box.tsx';
import { regionOf } from './region-of.ts';

interface Props {
  /** Names of all sessions. */
  names: readonly string[];
  /** Why the background refused the last request. */
  refused: WireError | null;
  /** The session that is changed; without it the form adds one. */
  editing?: Target | undefined;
  /** Profiles of the config go by the name of their session. */
  nameStays?: boolean;
  /** The change is stored, or given up. */
  onEdited?: (() => void) | undefined;
  send: (request: ViewRequest) => void;
}

/** In the order in which the form shows them. */
const FIELDS = ['startUrl', 'region', 'name'] as const;
const EMPTY: Draft = { name: '', startUrl: '', region: '' };

/** Adds a session, for which its start URL is enough, or changes one. A field speaks up when another is entered and something is wrong in it; Add asks them all. */
export function SessionForm({ names: all, refused, editing, nameStays, onEdited, send }: Props) {
  const names = editing ? all.filter((name) => name !== editing.session) : all;
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(editing ? draftOf(editing) : EMPTY);
  const [errors, setErrors] = useState<DraftErrors>({});
  const [sent, setSent] = useState<ReturnType<typeof readyDraft> | null>(null);
  const [added, setAdded] = useState<string | null>(null);

  useEffect(() => {
    if (sent === null || refused) return;
    if (editing) {
      if (isAs(editing, sent)) onEdited?.();
      return;
    }
    if (!all.includes(sent.name)) return;
    setSent(null);
    setAdded(sent.name);
    setDraft(EMPTY);
    setErrors({});
  }, [all, editing, sent, refused]);
  useEffect(() => {
    if (editing) form.current?.querySelector<HTMLElement>('#startUrl')?.focus();
  }, [editing]);

  const edit = (change: Partial<Draft>): void => {
    setDraft({ ...draft, ...change });
    const kept = { ...errors };
    for (const field of FIELDS) if (field in change) delete kept[field];
    setErrors(kept);
    setAdded(null);
  };
  const leave = (field: keyof Draft, event: FocusEvent): void => {
    // On the way to a button nothing may move under the pointer, or the click would miss.
    if (!(event.relatedTarget instanceof HTMLInputElement)) return;
    const { [field]: error } = checkDraft(draft, names);
    if (draft[field].trim() && error) setErrors({ ...errors, [field]: error });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const found = checkDraft(draft, names);
    setErrors(found);
    const first = FIELDS.find((field) => found[field]);
    if (first) {
      form.current?.querySelector<HTMLElement>(`#${first}`)?.focus();
      return;
    }
    const ready = readyDraft(draft, names);
    const { name, startUrl, region } = ready;
    setSent(ready);
    if (editing) send({ type: 'session.edit', was: editing.session, session: name, startUrl, region });
    else send({ type: 'session.add', session: name, startUrl, region });
  };

  // One field is enough; the others are for those who want to say it, or who have to.
  const more = editing !== undefined || errors.name !== undefined || errors.region !== undefined || undefined;

  return (
    <form class="session-form" ref={form} onSubmit={submit} noValidate aria-labelledby="add-title">
      <h3 id="add-title">{editing ? t('editNamed', editing.session) : t('addSession')}</h3>
      <Field id="startUrl" label={t('fieldStartUrl')} help={t('fieldStartUrlHelp')} error={errors.startUrl}>
        <input
          {...fieldAttributes('startUrl', errors.startUrl)}
          type="text"
          dir="ltr"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://d-1234567890.awsapps.com/start"
          value={draft.startUrl}
          onInput={(event) => {
            const startUrl = event.currentTarget.value;
            const told = regionOf(startUrl);
            // What a person wrote stays; what the address before told goes with it.
            const own = draft.region !== '' && draft.region !== regionOf(draft.startUrl);
            edit(told === null || own ? { startUrl } : { startUrl, region: told });
          }}
          onBlur={(event) => leave('startUrl', event)}
        />
      </Field>
      <details class="field-more" open={more}>
        <summary>{t('nameAndRegion')}</summary>
        <div class="field-row">
          <Field
            id="region"
            label={t('fieldRegion')}
            help={t('fieldRegionHelp')}
            error={errors.region}
            onSuggestion={(region) => {
              edit({ region });
              form.current?.querySelector<HTMLElement>('#region')?.focus();
            }}
          >
            <RegionBox
              id="region"
              value={draft.region}
              error={errors.region}
              onValue={(region) => edit({ region })}
              onLeave={(event) => leave('region', event)}
            />
          </Field>
          <Field id="name" label={t('fieldName')} help={t('fieldNameHelp')} error={errors.name}>
            <input
              {...fieldAttributes('name', errors.name)}
              type="text"
              readOnly={nameStays}
              dir="ltr"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              placeholder="corp"
              value={draft.name}
              onInput={(event) => edit({ name: event.currentTarget.value })}
              onBlur={(event) => leave('name', event)}
            />
          </Field>
        </div>
      </details>
      {refused && (
        <div class="panel panel-bad" role="alert">
          <Problem error={refused} />
        </div>
      )}
      <div class="actions">
        <button type="submit" class="button button-main">
          {t(editing ? 'save' : 'add')}
        </button>
        {editing && (
          <button type="button" class="button" onClick={() => onEdited?.()}>
            {t('cancel')}
          </button>
        )}
        <p class="said" role="status">
          {added !== null && t('sessionAdded', added)}
          {sent !== null && !refused && t('portalSearching')}
        </p>
      </div>
    </form>
  );
}

/** What was sent is what is kept; a new name makes it another session, whose form is another. */
const isAs = (kept: Target, { startUrl, region }: ReturnType<typeof readyDraft>): boolean =>
  comparableStartUrl(kept.startUrl) === comparableStartUrl(startUrl) &&
  (region ?? kept.region) === kept.region;

const draftOf = ({ session, startUrl, region }: Target): Draft => ({ name: session, startUrl, region });

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Settings, ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { startTimer } from '../platform/time.ts';
import { t } from '../ui/i18n.ts';
import { CheckIcon, LockIcon } from '../ui/icons.tsx';

type Name = keyof Settings;

const SAID_MS = 2_500;

/** What the controls of settings share: each is saved by itself at once, and a word beside it says when it is done. */
export interface SettingsForm {
  settings: Settings;
  change: (part: Partial<Settings>) => void;
  /** The organisation has set it. */
  locked: (name: Name) => boolean;
  saved: (name: Name) => boolean;
}

export function useSettings(state: ViewState, send: (request: ViewRequest) => void): SettingsForm {
  const { settings, managed } = state;
  const [changed, setChanged] = useState<Partial<Settings> | null>(null);
  useEffect(() => (changed ? startTimer(SAID_MS, () => setChanged(null)) : undefined), [changed, settings]);
  return {
    settings,
    change(part) {
      send({ type: 'settings.change', settings: part });
      setChanged(part);
    },
    locked: (name) => managed.includes(name),
    saved: (name) => changed !== null && name in changed && changed[name] === settings[name],
  };
}

/** What stands beside a setting's name: locked, or just saved. */
export function Aside({ form, name }: { form: SettingsForm; name: Name }) {
  const locked = form.locked(name);
  return (
    <>
      {locked && (
        <span class="locked" id={`${name}-locked`}>
          <LockIcon />
          {t('managed')}
        </span>
      )}
      <span class="said" role="status">
        {!locked && form.saved(name) && (
          <>
            <CheckIcon />
            {t('saved')}
          </>
        )}
      </span>
    </>
  );
}

interface SwitchProps {
  form: SettingsForm;
  name:
    | 'watch'
    | 'ask'
    | 'noDeviceCodes'
    | 'notifyExpiry'
    | 'notifyForeign'
    | 'notifyDone'
    | 'consoleContainer';
  label: string;
  help: string;
  /** What has to be so before it can be on; asked in the click itself. `false`: it stays off. */
  before?: () => Promise<boolean>;
}

/** A setting that is on or off. */
export function Switch({ form, name, label, help, before }: SwitchProps) {
  const locked = form.locked(name);
  const turn = async (on: boolean): Promise<void> => {
    if (on && before && !(await before())) return;
    form.change({ [name]: on });
  };
  return (
    <div class="field">
      <span class="field-head">
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-describedby={`${name}-help`}
            aria-checked={form.settings[name]}
            checked={form.settings[name]}
            disabled={locked}
            onClick={(event) => {
              // Drawn again from the state alone, when it has changed.
              const on = event.currentTarget.checked;
              event.currentTarget.checked = form.settings[name];
              void turn(on);
            }}
          />
          <span>{label}</span>
        </label>
        <Aside form={form} name={name} />
      </span>
      <p class="field-help" id={`${name}-help`}>
        {help}
      </p>
    </div>
  );
}

interface ChoiceProps<N extends 'ask' | 'theme'> {
  form: SettingsForm;
  name: N;
  label: string;
  help: string;
  options: readonly { value: Settings[N]; label: string }[];
}

/** A setting with a few values, all of them in sight. */
export function Choice<N extends 'ask' | 'theme'>({ form, name, label, help, options }: ChoiceProps<N>) {
  return (
    <div class="field">
      <span class="field-head">
        <span class="field-label" id={`${name}-label`}>
          {label}
        </span>
        <Aside form={form} name={name} />
      </span>
      <div
        class="choice"
        role="radiogroup"
        aria-labelledby={`${name}-label`}
        aria-describedby={`${name}-help`}
      >
        {options.map((option) => (
          <label key={String(option.value)} class="choice-item">
            <input
              type="radio"
              name={name}
              checked={option.value === form.settings[name]}
              disabled={form.locked(name)}
              onChange={() => form.change({ [name]: option.value })}
            />
            <span class="choice-word">{option.label}</span>
          </label>
        ))}
      </div>
      <p class="field-help" id={`${name}-help`}>
        {help}
      </p>
    </div>
  );
}

/** One part of the page: its headline, one sentence, and what belongs to it. */
export function Section({
  id,
  title,
  intro,
  children,
}: {
  id: string;
  title: string;
  intro?: string;
  children: ComponentChildren;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {intro !== undefined && <p class="quiet">{intro}</p>}
      </div>
      <div class="panel">{children}</div>
    </section>
  );
}

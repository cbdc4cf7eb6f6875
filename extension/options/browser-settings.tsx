import { useEffect, useRef, useState } from 'preact/hooks';
import { startTimer } from '../platform/time.ts';
import { t } from '../ui/i18n.ts';
import { Aside, Choice, type SettingsForm, Switch } from './setting.tsx';

const TYPING_MS = 500;

/** How sign-ins go in this browser: asked about or at once, in front or behind, and under which label. */
export function BrowserSettings({ form }: { form: SettingsForm }) {
  const { settings, change } = form;
  const [label, setLabel] = useState(settings.label);
  const typed = label.trim();

  // Changed from elsewhere, by a file say: what the person is typing right now is left alone.
  const known = useRef(settings.label);
  useEffect(() => {
    if (typed === known.current) setLabel(settings.label);
    known.current = settings.label;
  }, [settings.label]);

  // Saved after a pause in the typing, and when the field is left.
  const saveLabel = (): void => {
    if (typed !== settings.label) change({ label: typed });
  };
  useEffect(() => (typed === settings.label ? undefined : startTimer(TYPING_MS, saveLabel)), [typed]);

  return (
    <>
      <Choice
        form={form}
        name="ask"
        label={t('fieldAsk')}
        help={t('fieldAskHelp')}
        options={[
          { value: false, label: t('askNever') },
          { value: true, label: t('askAlways') },
        ]}
      />
      <Switch form={form} name="watch" label={t('fieldWatch')} help={t('fieldWatchHelp')} />
      <div class="field">
        <span class="field-head">
          <label for="label">{t('fieldLabel')}</label>
          <Aside form={form} name="label" />
        </span>
        <input
          id="label"
          type="text"
          maxLength={100}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="label-help"
          disabled={form.locked('label')}
          value={form.locked('label') ? settings.label : label}
          onInput={(event) => setLabel(event.currentTarget.value)}
          onBlur={saveLabel}
        />
        <p class="field-help" id="label-help">
          {t('fieldLabelHelp')}
        </p>
      </div>
    </>
  );
}

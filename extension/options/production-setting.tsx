import { useEffect, useRef, useState } from 'preact/hooks';
import { isProductionPattern } from '../../shared/catalogue/production.ts';
import { NO_PREFERENCES, rolePreferences } from '../platform/role-storage.ts';
import { startTimer } from '../platform/time.ts';
import { t } from '../ui/i18n.ts';

const TYPING_MS = 500;

/** Which accounts are marked as production in the list of roles, by a pattern for their names. */
export function ProductionSetting() {
  const [pattern, setPattern] = useState(NO_PREFERENCES.productionPattern);
  const saved = useRef(pattern);
  const wrong = !isProductionPattern(pattern);
  useEffect(() => {
    void rolePreferences.read().then(({ productionPattern }) => {
      saved.current = productionPattern;
      setPattern(productionPattern);
    });
  }, []);

  // Saved after a pause in the typing, and when the field is left.
  const save = (): void => {
    if (wrong || pattern === saved.current) return;
    saved.current = pattern;
    void rolePreferences
      .read()
      .then((before) => rolePreferences.write({ ...before, productionPattern: pattern }));
  };
  useEffect(() => (pattern === saved.current ? undefined : startTimer(TYPING_MS, save)), [pattern]);

  return (
    <div class="field">
      <label for="production">{t('fieldProduction')}</label>
      <input
        id="production"
        class="mono"
        type="text"
        dir="ltr"
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        aria-describedby="production-error production-help"
        aria-invalid={wrong}
        value={pattern}
        onInput={(event) => setPattern(event.currentTarget.value)}
        onBlur={save}
      />
      <p class="field-help" id="production-help" hidden={wrong}>
        {t('fieldProductionHelp')}
      </p>
      <div class="field-error" id="production-error" aria-live="polite">
        {wrong && <p>{t('errorPattern')}</p>}
      </div>
      {pattern !== NO_PREFERENCES.productionPattern && (
        <button
          type="button"
          class="button-plain"
          onClick={() => setPattern(NO_PREFERENCES.productionPattern)}
        >
          {t('usualPattern')}
        </button>
      )}
    </div>
  );
}

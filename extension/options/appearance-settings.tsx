import { LANGUAGES } from '../../shared/protocol/internal.ts';
import { t } from '../ui/i18n.ts';
import { Aside, Choice, type SettingsForm } from './setting.tsx';

/** Each language in its own words, so that everyone finds theirs. */
const NAMES: Record<(typeof LANGUAGES)[number], string> = {
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  'pt-BR': 'Português (Brasil)',
  ko: '한국어',
  ja: '日本語',
  'zh-CN': '简体中文',
};

/** Light or dark, and the language: the browser's unless the person wants another. */
export function AppearanceSettings({ form }: { form: SettingsForm }) {
  const { settings, change } = form;
  return (
    <>
      <Choice
        form={form}
        name="theme"
        label={t('fieldTheme')}
        help={t('fieldThemeHelp')}
        options={[
          { value: 'system', label: t('asSystem') },
          { value: 'light', label: t('themeLight') },
          { value: 'dark', label: t('themeDark') },
        ]}
      />
      <div class="field">
        <span class="field-head">
          <label for="language">{t('fieldLanguage')}</label>
          <Aside form={form} name="language" />
        </span>
        <select
          id="language"
          aria-describedby="language-help"
          value={settings.language}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            const language = LANGUAGES.find((id) => id === chosen) ?? 'system';
            change({ language });
          }}
        >
          <option value="system">{t('asSystem')}</option>
          {LANGUAGES.map((id) => (
            <option key={id} value={id} lang={id}>
              {NAMES[id]}
            </option>
          ))}
        </select>
        <p class="field-help" id="language-help">
          {t('fieldLanguageHelp')}
        </p>
      </div>
    </>
  );
}

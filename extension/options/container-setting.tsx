import { t } from '../ui/i18n.ts';
import { type SettingsForm, Switch } from './setting.tsx';

/** The add-on that Firefox' add-ons page lists for `ext+container:` addresses. */
const ADD_ON = 'https://addons.mozilla.org/firefox/addon/open-url-in-container/';

/** Only in a browser that has containers. Whether the add-on is there is nothing that another add-on may see. */
export function ContainerSetting({ form }: { form: SettingsForm }) {
  return (
    <>
      <Switch
        form={form}
        name="consoleContainer"
        label={t('fieldContainer')}
        help={t('fieldContainerHelp')}
      />
      <p class="field-help">
        <a href={ADD_ON} target="_blank" rel="noreferrer">
          {t('containerAddOn')}
        </a>
      </p>
    </>
  );
}

import { DEFAULT_SETTINGS, Settings } from '../../shared/protocol/internal.ts';
import { slot } from '../platform/storage.ts';
import { prepareDocument, setLanguage } from './i18n.ts';

/** Gives a page the theme and the language that the person chose, and its title in that language. */
export async function applyAppearance(
  page: Document,
  { theme, language }: Pick<Settings, 'theme' | 'language'>,
  title: () => string,
): Promise<void> {
  if (theme === 'system') delete page.documentElement.dataset.theme;
  else page.documentElement.dataset.theme = theme;
  await setLanguage(language);
  prepareDocument(page, title());
}

/** The same for a page that is sent no settings. Both are the person's own: no administrator sets them. */
export async function applyStoredAppearance(page: Document, title: () => string): Promise<void> {
  await applyAppearance(page, await slot('local', 'settings', Settings, DEFAULT_SETTINGS).read(), title);
}

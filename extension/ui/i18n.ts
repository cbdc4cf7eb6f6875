import type messages from '../_locales/en/messages.json';
import { api } from '../platform/api.ts';

type Messages = typeof messages;

/** Every text of the extension by its key in `_locales/en/messages.json`. */
export type MessageKey = keyof Messages;
type FilledKey = {
  [K in MessageKey]: Messages[K] extends { placeholders: object } ? K : never;
}[MessageKey];
export type PlainKey = Exclude<MessageKey, FilledKey>;

/** Looks up a text in the browser's language. Texts with placeholders take their values in the order `$1`, `$2`... */
export interface Translate {
  (key: PlainKey): string;
  (key: FilledKey, first: string, ...rest: string[]): string;
}

export const t: Translate = (key: MessageKey, ...values: string[]): string =>
  api.i18n.getMessage(key, values) || key;

/**
 * The locale for numbers and times: the browser's own when it is a variant of the language that the texts are in
 * (`en-GB` with English texts), else the language of the texts, so that no sentence mixes two languages.
 */
export function locale(): string {
  const language = t('locale');
  const browser = api.i18n.getUILanguage();
  return browser === language || browser.startsWith(`${language}-`) ? browser : language;
}

/** Sets language, direction and title of an extension page. */
export function prepareDocument(page: Document, title: string): void {
  page.documentElement.lang = t('locale');
  page.documentElement.dir = api.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
  page.title = title;
}

import * as v from 'valibot';
import type { Settings } from '../../shared/protocol/internal.ts';
import type messages from '../_locales/en/messages.json';
import { api } from '../platform/api.ts';
import { readPackaged } from '../platform/pages.ts';

type Messages = typeof messages;
type Language = Settings['language'];

const LocaleFile = v.record(
  v.string(),
  v.object({
    message: v.string(),
    placeholders: v.optional(v.record(v.string(), v.object({ content: v.string() }))),
  }),
);
type LocaleFile = v.InferOutput<typeof LocaleFile>;

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
  (chosen ? fill(chosen.messages[key], values) : api.i18n.getMessage(key, values)) || key;

/** Texts of the language that the person chose instead of the browser's; `null`: the browser's. */
let chosen: { language: Language; messages: LocaleFile } | null = null;
let wanted: Language = 'system';
let reading: Promise<void> = Promise.resolve();

/**
 * Makes `t` speak the language of the settings from the next call on; `system` is the browser's. Resolves when it
 * does; a language whose texts cannot be read leaves things as they are.
 */
export function setLanguage(language: Language): Promise<void> {
  // Whoever asks for the same meanwhile waits for the same.
  if (wanted === language) return reading;
  wanted = language;
  if (language === 'system') chosen = null;
  reading = language === 'system' ? Promise.resolve() : read(language);
  return reading;
}

async function read(language: Language): Promise<void> {
  const parsed = v.safeParse(
    LocaleFile,
    await readPackaged(`_locales/${language.replace('-', '_')}/messages.json`),
  );
  // Another one was chosen meanwhile.
  if (parsed.success && wanted === language) chosen = { language, messages: parsed.output };
}

/** Puts the values in the place of `$NAME$`, as the browser does. */
function fill(entry: LocaleFile[string] | undefined, values: readonly string[]): string {
  return (entry?.message ?? '').replace(/\$(\w+)\$/g, (_, name: string) => {
    const content = entry?.placeholders?.[name.toLowerCase()]?.content ?? '';
    return values[Number(content.slice(1)) - 1] ?? '';
  });
}

/**
 * The locale for numbers and times: the browser's own when it is a variant of the language that the texts are in
 * (`en-GB` with English texts), else the language of the texts, so that no sentence mixes two languages.
 */
export function locale(): string {
  const language = t('locale');
  const browser = api.i18n.getUILanguage();
  return browser === language || browser.startsWith(`${language}-`) ? browser : language;
}

/** The direction in which the texts are read; there is no choice that is read from right to left. */
export const direction = (): 'ltr' | 'rtl' =>
  !chosen && api.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';

/** Sets language, direction and title of an extension page. */
export function prepareDocument(page: Document, title: string): void {
  page.documentElement.lang = t('locale');
  page.documentElement.dir = direction();
  page.title = title;
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { width } from '../../../native-host/programs/cli/width.ts';
import { LANGUAGES } from '../../../shared/protocol/internal.ts';
import { type LocaleMessage, readMessages } from '../../support/views/build.ts';

const EXTENSION = new URL('../../../extension/', import.meta.url).pathname;

const OTHERS = LANGUAGES.filter((language) => language !== 'en');
/** Letters of an English text that may be the word on a button or a tab; labels stand above what they name. */
const SHORT = 20;
/** What is spelled as in English: loan words and names. */
const SAME_IN: Partial<Record<string, string[]>> = {
  de: ['Code', 'Name', 'Orange', 'Prod', 'Region', 'Version $VERSION$', 'in $ACCOUNT$, $NUMBER$'],
  es: ['$COUNT$ roles', 'Color', 'Prod', 'Roles', 'terminal'],
  fr: [
    ...['Code', 'Notifications', 'Options', 'Orange', 'Page', 'Prod', 'Production', 'Session', 'Sessions'],
    ...['Turquoise', 'Version $VERSION$', 'console', 'terminal'],
  ],
  'pt-BR': ['Endpoints', 'Prod', 'console', 'terminal'],
};

let languages: Record<string, Record<string, LocaleMessage>>;
beforeAll(async () => {
  languages = await readMessages();
});

/** The placeholders that a text really uses. */
const used = ({ message }: LocaleMessage): string[] =>
  [...message.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name.toLowerCase()).sort();

/** All sources of the extension as one text. */
async function sources(): Promise<string> {
  const files = await readdir(EXTENSION, { recursive: true });
  const code = files.filter((file) => /\.tsx?$/.test(file));
  return (await Promise.all(code.map((file) => readFile(join(EXTENSION, file), 'utf8')))).join('\n');
}

describe('texts of the extension', () => {
  it('come in every language that one can choose, each with its own name', async () => {
    expect(Object.keys(languages).sort()).toEqual([...LANGUAGES].sort());
  });

  it.each(OTHERS)('have the same keys and placeholders in %s', (language) => {
    const english = languages.en ?? {};
    const other = languages[language] ?? {};
    expect(Object.keys(other)).toEqual(Object.keys(english));
    for (const [key, entry] of Object.entries(english)) {
      const theirs = other[key];
      expect(theirs?.message, key).toBeTruthy();
      const contents = Object.entries(entry.placeholders ?? {}).map(([name, { content }]) => [name, content]);
      const theirContents = Object.entries(theirs?.placeholders ?? {}).map(([name, p]) => [name, p.content]);
      expect(theirContents, key).toEqual(contents);
      expect(theirs && used(theirs), key).toEqual(used(entry));
    }
  });

  it.each(OTHERS)('leave nothing in English in %s', (language) => {
    const other = languages[language] ?? {};
    const same = Object.entries(languages.en ?? {})
      .filter(([key, { message }]) => message === other[key]?.message)
      .map(([, { message }]) => message);
    expect(new Set(same)).toEqual(new Set(['awsher', ...(SAME_IN[language] ?? [])]));
  });

  it.each(OTHERS)('keep short texts short in %s: they stand on buttons and tabs', (language) => {
    const other = languages[language] ?? {};
    const long = Object.entries(languages.en ?? {})
      .filter(([, { message, description }]) => message.length <= SHORT && !description?.startsWith('Label'))
      .map(([key, { message }]) => [other[key]?.message ?? '', Math.max(16, message.length * 1.6)] as const)
      .filter(([theirs, most]) => width(theirs) > most);
    expect(long).toEqual([]);
  });

  it('fit the line in the list of a browser', () => {
    for (const [language, { extensionDescription }] of Object.entries(languages))
      expect(extensionDescription?.message.length, language).toBeLessThanOrEqual(132);
  });

  it.each(OTHERS)('leave commands, files and products as they are in %s', (language) => {
    const names =
      /awsher (?:login|doctor)(?: NAME| --browser LABEL)?|~\/\.aws\/config|https:\/\/\S*\w|\b(?:IAM Identity Center|AWS CLI|PowerShell|Firefox|Node\.js|SDK|URL)/g;
    for (const [key, { message }] of Object.entries(languages.en ?? {}))
      for (const [name] of message.matchAll(names))
        expect(languages[language]?.[key]?.message, key).toContain(name);
  });

  it('declare exactly the placeholders that they use, numbered in order', () => {
    for (const [key, entry] of Object.entries(languages.en ?? {})) {
      const names = Object.keys(entry.placeholders ?? {});
      expect(used(entry), key).toEqual([...names].sort());
      const contents = Object.values(entry.placeholders ?? {}).map(({ content }) => content);
      expect(contents, key).toEqual(names.map((_, index) => `$${index + 1}`));
      expect(entry.description, key).toBeTruthy();
    }
  });

  it('say which language they are in, as Intl and `lang` take it', () => {
    for (const [language, messages] of Object.entries(languages)) {
      expect(messages.locale?.message).toBe(language);
      expect(Intl.DateTimeFormat.supportedLocalesOf(language)).toEqual([language]);
    }
  });

  it('are all used', async () => {
    const code = await sources();
    const manifest = await readFile(
      new URL('../../../manifests/extension/base.json', import.meta.url),
      'utf8',
    );
    const unused = Object.keys(languages.en ?? {}).filter(
      (key) => !code.includes(`'${key}'`) && !manifest.includes(`__MSG_${key}__`),
    );
    expect(unused).toEqual([]);
  });

  it('are there for every name that code, pages and manifest use', async () => {
    const english = languages.en ?? {};
    const manifest = await readFile(
      new URL('../../../manifests/extension/base.json', import.meta.url),
      'utf8',
    );
    const named = [...manifest.matchAll(/__MSG_(\w+)__/g)].map(([, key = '']) => key);
    const called = [...(await sources()).matchAll(/\bt\(\s*'(\w+)'/g)].map(([, key = '']) => key);
    expect(called.length).toBeGreaterThan(50);
    expect([...named, ...called].filter((key) => !(key in english))).toEqual([]);
  });

  it('hold no number words and no dates of their own: those come from Intl', () => {
    // `(s)` and its like are how plurals look where nobody asked Intl.
    for (const messages of Object.values(languages))
      for (const [key, { message }] of Object.entries(messages))
        expect(message, key).not.toMatch(/\w\(e?s\)/);
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LocaleMessage, readMessages } from '../../support/views/build.ts';

const EXTENSION = new URL('../../../extension/', import.meta.url).pathname;

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
  it('come in English, Korean and Japanese', () => {
    expect(Object.keys(languages).sort()).toEqual(['en', 'ja', 'ko']);
  });

  it.each(['ko', 'ja'])('have the same keys and placeholders in %s', (language) => {
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

  it('declare exactly the placeholders that they use, numbered in order', () => {
    for (const [key, entry] of Object.entries(languages.en ?? {})) {
      const names = Object.keys(entry.placeholders ?? {});
      expect(used(entry), key).toEqual([...names].sort());
      const contents = Object.values(entry.placeholders ?? {}).map(({ content }) => content);
      expect(contents, key).toEqual(names.map((_, index) => `$${index + 1}`));
      expect(entry.description, key).toBeTruthy();
    }
  });

  it('say which language they are in', () => {
    for (const [language, messages] of Object.entries(languages))
      expect(messages.locale?.message).toBe(language);
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

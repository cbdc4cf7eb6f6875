// The one table that the packages of systems and package managers are made from.
import { readFileSync } from 'node:fs';

export const SUMMARY = 'signs your terminal in to AWS through your own browser';

/**
 * @typedef {{ version: string, license: string, author?: string, repository?: { url: string } }} Own of package.json
 * @param {Own} own
 */
export function wordsOf({ version, author, repository }) {
  return {
    // A release candidate sorts before its release, for Debian and Fedora.
    VERSION: version.replace('-', '~'),
    // `npm run release` refuses a version without either.
    MAINTAINER: author ?? 'nobody yet <nobody@localhost.invalid>',
    URL: (repository?.url ?? 'https://localhost.invalid/').replace(/^git\+|\.git$/g, ''),
    SUMMARY,
    DESCRIPTION: paragraphs(
      'For AWS IAM Identity Center, with passkeys: a browser extension, its native\nmessaging host and a command. Run "awsher install" next.',
    ),
  };
}

/**
 * The template with `@NAME@` replaced; throws where a name is not among the words.
 *
 * @param {string} file
 * @param {Record<string, string>} words
 */
export function fill(file, words) {
  return readFileSync(file, 'utf8').replace(/@([A-Z0-9]+)@/g, (_, name) => {
    const word = words[name];
    if (word === undefined) throw new Error(`${file} wants @${name}@, which nobody gives.`);
    return word;
  });
}

/**
 * As Debian writes several lines: each begins with a space, an empty one is a dot.
 *
 * @param {string} text
 */
export const paragraphs = (text) =>
  text
    .split('\n')
    .map((line) => ` ${line.trim() === '' ? '.' : line}`)
    .join('\n');

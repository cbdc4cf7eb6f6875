import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { safePart, slug } from '../../base/formats/safe-text.ts';

/** What a profile's name is made of. Texts of AWS, as they came. */
export interface NameFields {
  readonly account_name: string;
  readonly account_id: string;
  readonly role: string;
  readonly session: string;
}

export type Field = keyof NameFields;

/** How profiles are named: texts that stand for themselves, and fields with what is done to each. */
export interface Template {
  readonly text: string;
  readonly parts: readonly (string | Placeholder)[];
}

interface Placeholder {
  readonly field: Field;
  readonly filters: readonly ((value: string) => string)[];
}

/**
 * Short, and the same tomorrow: the account first, because that is what one types to find it; an underscore, which no slug
 * has, so that two pairs do not meet in one name. No dot: `aws configure set profile.NAME.key` and readers of npm's ini
 * split a name there.
 */
export const DEFAULT_TEMPLATE = '{account_name|slug}_{role|undot}';

const FIELDS: readonly Field[] = ['account_name', 'account_id', 'role', 'session'];
const MAX_LENGTH = 200;

/**
 * Reads a template: `{account_name|trim:acme-|slug}_{role}`. Throws USAGE with the place, counted from 1, of what is
 * wrong.
 */
export function parseTemplate(text: string): Template {
  const wrong = (at: number, what: string): AwsherError =>
    new AwsherError(
      'USAGE',
      `The template ${JSON.stringify(text.slice(0, MAX_LENGTH))} is wrong at character ${at + 1}: ${what}.`,
      { hint: 'it looks like `{account_name|slug}_{role|undot}`; fields and filters: docs/accounts.md' },
    );
  if (text === '') throw wrong(0, 'it is empty');
  if (text.length > MAX_LENGTH) throw wrong(MAX_LENGTH, `it is longer than ${MAX_LENGTH} characters`);
  if (text.startsWith('-')) throw wrong(0, 'a name that begins with - is taken for an option');
  const parts: (string | Placeholder)[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '{') {
      const end = literalEnd(text, at, wrong);
      parts.push(text.slice(at, end));
      at = end;
      continue;
    }
    const close = text.indexOf('}', at);
    if (close === -1) throw wrong(at, 'this { has no }');
    parts.push(placeholder(text, at + 1, close, wrong));
    at = close + 1;
  }
  if (!parts.some((part) => typeof part !== 'string'))
    throw wrong(0, 'it has no field, so all names would be the same');
  return { text, parts };
}

type Wrong = (at: number, what: string) => AwsherError;

function literalEnd(text: string, start: number, wrong: Wrong): number {
  let at = start;
  for (; at < text.length && text[at] !== '{'; at++) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (character === '}') throw wrong(at, 'this } has no {');
    if (!/[A-Za-z0-9_\-/.%@:+]/.test(character))
      throw wrong(at, `not every SDK reads ${JSON.stringify(character)} in a name`);
  }
  return at;
}

function placeholder(text: string, start: number, end: number, wrong: Wrong): Placeholder {
  const [name = '', ...words] = text.slice(start, end).split('|');
  const field = FIELDS.find((one) => one === name);
  if (field === undefined)
    throw wrong(start, `there is no field ${JSON.stringify(name)}, only ${FIELDS.join(', ')}`);
  let at = start + name.length + 1;
  const filters = words.map((word) => {
    const filter = filterOf(word);
    if (filter === undefined)
      throw wrong(at, `there is no filter ${JSON.stringify(word)}, only slug, lower, undot and trim:PREFIX`);
    at += word.length + 1;
    return filter;
  });
  return { field, filters };
}

function filterOf(word: string): ((value: string) => string) | undefined {
  if (word === 'slug') return slug;
  if (word === 'lower') return (value) => value.toLowerCase();
  if (word === 'undot') return undot;
  const prefix = /^trim:(.+)$/s.exec(word)?.[1];
  return prefix === undefined
    ? undefined
    : (value) => (value.startsWith(prefix) ? value.slice(prefix.length) : value);
}

const undot = (value: string): string => value.replaceAll('.', '-');

/** What is added to a name that is not the only one of its kind. */
export interface Distinction {
  readonly role: boolean;
  /** Right behind the account's name, so that equal ones stand together. */
  readonly accountId: boolean;
  readonly session: boolean;
}

/** The name of one profile. Never empty, every character safe; not yet the only one of that name. */
export function expandTemplate(template: Template, fields: NameFields, more?: Distinction): string {
  let id = more?.accountId === true && !hasField(template, 'account_id');
  let name = '';
  for (const part of template.parts) {
    if (typeof part === 'string') {
      name += part;
      continue;
    }
    const value = fieldText(part, fields);
    name += value;
    if (part.field !== 'account_name' || !id) continue;
    id = false;
    if (value !== fields.account_id) name += `-${fields.account_id}`;
  }
  if (id) name += `-${fields.account_id}`;
  if (more?.role === true && !hasField(template, 'role')) name += `_${undot(safePart(fields.role))}`;
  if (more?.session === true && !hasField(template, 'session')) name += `_${undot(safePart(fields.session))}`;
  return name;
}

function fieldText({ field, filters }: Placeholder, fields: NameFields): string {
  let value = fields[field];
  for (const filter of filters) value = filter(value);
  // An account without a name, or with one of emoji alone, is called by its number.
  return safePart(value) || safePart(fields[field]) || fields.account_id;
}

function hasField(template: Template, field: Field): boolean {
  return template.parts.some((part) => typeof part !== 'string' && part.field === field);
}

import * as ini from 'ini';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { FORMATS } from './choices.ts';

export type Format = (typeof FORMATS)[number];

/** Larger than any honest file of settings; a program that answers without end is not read to it. */
export const MAX_SETTINGS_BYTES = 256 * 1024;

/** The format of a file or address by its ending; undefined for another ending. */
export function formatOf(name: string): Format | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  return FORMATS.find((format) => format === ending);
}

/** The values of a settings file, not yet looked at. Throws SETTINGS_INVALID with `source` and, where it is known, the line. */
export async function parseSettingsText(text: string, format: Format, source: string): Promise<unknown> {
  switch (format) {
    case 'json':
      return parsed(source, 'JSON', () => JSON.parse(text));
    case 'ini':
      return parsed(source, 'INI', () => withTexts(ini.parse(text)));
    case 'toml': {
      const { parse } = await import('smol-toml');
      return parsed(source, 'TOML', () => parse(text));
    }
  }
}

function parsed(source: string, what: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    const line = cause instanceof Error && 'line' in cause ? `, line ${Number(cause.line)}` : '';
    throw new AwsherError('SETTINGS_INVALID', `${source}${line}: this is not ${what}.`, {
      hint: 'see docs/accounts.md for an example; add `--format` if the file has another ending',
      cause,
    });
  }
}

/** `ini` turns the words true, false and null into values; every setting here is text. */
export function withTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner)]));
}

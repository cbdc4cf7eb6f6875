import { parse } from 'ini';
import { isObject, type JsonObject } from './json.ts';

export type IniSection = JsonObject;

/**
 * The sections of a plain INI file by name: awsher's `saml.ini`, saml2aws' `~/.saml2aws`. The `ini` package takes a dot in a
 * header for a section within a section; in these files it is a dot, escaped or not. `~/.aws/config` is no plain INI and is
 * read by `ini-document.ts`.
 */
export function iniSections(text: string): Map<string, IniSection> {
  return new Map(flatten(parse(text), ''));
}

function flatten(table: IniSection, prefix: string): [string, IniSection][] {
  return Object.entries(table).flatMap(([key, value]): [string, IniSection][] => {
    if (!isObject(value)) return [];
    const inner = flatten(value, `${prefix}${key}.`);
    const own = Object.entries(value).filter(([, one]) => !isObject(one));
    // One that only holds others stands in no header.
    return own.length > 0 ? [[prefix + key, Object.fromEntries(own)], ...inner] : inner;
  });
}

import { type IniDocument, parseIni, serializeIni } from './ini-document.ts';

/**
 * `~/.aws/credentials` in the clothes of `~/.aws/config`, so that the same editor works on both: there a profile's header is
 * its bare name. Every header but `[default]` gets the word `profile`, one already beginning with it too, so that
 * `asCredentials` takes exactly as many away.
 */
export function asConfig(document: IniDocument): IniDocument {
  return withHeaders(document, (header) => (header === 'default' ? header : `profile ${header}`));
}

/** The way back. */
export function asCredentials(document: IniDocument): IniDocument {
  return withHeaders(document, (header) => header.replace(/^profile /, ''));
}

function withHeaders(document: IniDocument, change: (header: string) => string): IniDocument {
  const lines = [...document.lines];
  for (const { line, indent, header } of document.sections) {
    const old = lines[line];
    if (old === undefined) continue;
    const from = indent + 1;
    const text = old.text.slice(0, from) + change(header) + old.text.slice(from + header.length);
    lines[line] = { ...old, text };
  }
  return parseIni(serializeIni({ ...document, lines }));
}

import type { ConfigFile } from '../../base/files/config-file.ts';
import { writeIn } from '../../base/formats/advice.ts';
import type { IniSection } from '../../base/formats/ini-document.ts';
import { strip } from '../../base/formats/python-space.ts';
import { formatHeader, parseHeader, type SectionId } from '../../base/formats/section-id.ts';
import { type Finding, fail, inline, shortPath } from './check.ts';

/** What makes a section a profile by its looks. */
const PROFILE_KEY =
  /^(?:aws_access_key_id|aws_secret_access_key|aws_session_token|sso_session|sso_start_url|sso_account_id|sso_role_name|role_arn|source_profile|credential_process|credential_source|region|output)$/i;
const MOST = 5;

/** Sections that are not what they look like: a profile that nobody reads, a header that is a value, a default profile that is two. */
export function oddSections(config: ConfigFile, credentials: ConfigFile, home: string): Finding[] {
  return [
    ...twoDefaults(config, home),
    ...unread(config, home),
    ...inCredentials(credentials, home),
    ...[config, credentials].flatMap((one) => [...swallowed(one, home), ...exported(one, home)]),
  ].slice(0, MOST);
}

function twoDefaults({ file, document }: ConfigFile, home: string): Finding[] {
  const lineOf = (wanted: (header: string) => boolean) =>
    document.sections.findLast(({ header }) => wanted(header))?.line ?? -1;
  const bare = lineOf((header) => header === 'default');
  const prefixed = lineOf((header) => /^profile\s+default$/.test(strip(header)));
  if (bare === -1 || prefixed === -1) return [];
  const shown = shortPath(file, home);
  return [
    fail(
      `${shown} has [default] (line ${bare + 1}) and [profile default] (line ${prefixed + 1}): the AWS CLI and boto3 read only the later one, other SDKs the second form`,
      `put the keys of both together under [default] in ${shown}`,
    ),
  ];
}

function unread({ file, document }: ConfigFile, home: string): Finding[] {
  const named = new Set(
    document.sections.flatMap(({ entries }) =>
      entries.flatMap(({ key, rawValue }) => (key === 'sso_session' ? strip(rawValue) : [])),
    ),
  );
  return document.sections.flatMap((section) => {
    const { header, line, entries } = section;
    const spaced = /^\s/.test(header);
    if ((parseHeader(header) !== undefined && !spaced) || /^(?:preview|plugins|DEFAULT)$/.test(header))
      return [];
    if (!entries.some(({ key }) => PROFILE_KEY.test(key))) return [];
    const id = meantBy(section, named);
    const what =
      id.type === 'profile' ? 'a profile of this file is called [profile NAME]' : `write [${id.type} NAME]`;
    return [
      oddLine(
        { file, line, home },
        `${spaced ? 'the AWS CLI does not read' : 'no SDK reads'} the section [${inline(header)}]; ${what}`,
        formatHeader(id),
      ),
    ];
  });
}

/** What a header that nobody reads was most likely to say. */
function meantBy({ header, entries }: IniSection, sessions: ReadonlySet<string>): SectionId {
  const text = header.replace(/[\u201C\u201D\u2018\u2019"'\s\u200B]+/g, ' ').trim();
  const [, word = '', rest = ''] = /^(profiles?|sso[ _-]?sessions?|services?)[ :._-]+(.+)$/i.exec(text) ?? [];
  const given = rest === '' ? text : rest;
  const name = given.replace(/[^A-Za-z0-9_\-/.%@:+]+/g, '-').replace(/^-+|-+$/g, '') || 'NAME';
  if (/^sso/i.test(word) || (word === '' && isSession(name, entries, sessions)))
    return { type: 'sso-session', name };
  if (/^service/i.test(word)) return { type: 'services', name };
  return { type: 'profile', name: /^default$/i.test(name) ? 'default' : name };
}

function isSession(name: string, entries: IniSection['entries'], sessions: ReadonlySet<string>): boolean {
  return sessions.has(name) || entries.some(({ key }) => key === 'sso_registration_scopes');
}

/** In the credentials file a profile is called by its name alone. */
function inCredentials({ file, document }: ConfigFile, home: string): Finding[] {
  return document.sections.flatMap(({ header, line }) => {
    const name = /^profile\s+["']?([^"']+)["']?$/.exec(strip(header))?.[1];
    if (name === undefined) return [];
    const why = `no SDK reads the section [${inline(strip(header))}]; a profile of this file is called [NAME]`;
    return [oddLine({ file, line, home }, why, `[${inline(name)}]`)];
  });
}

/** An indented header is a part of the value above it. */
function swallowed({ file, document }: ConfigFile, home: string): Finding[] {
  return document.sections.flatMap(({ entries }) =>
    entries.flatMap(({ key, more }) =>
      more.flatMap((line) => {
        const text = strip(document.lines[line]?.text ?? '');
        if (!/^\[[^\]=]+\]$/.test(text)) return [];
        const why = `the header is indented, so the AWS CLI reads it as part of ${inline(key)}`;
        return [oddLine({ file, line, home }, why, inline(text))];
      }),
    ),
  );
}

/** Lines of a shell in the place of settings. The value may be a secret. */
function exported({ file, document }: ConfigFile, home: string): Finding[] {
  return document.sections.flatMap(({ entries }) =>
    entries.flatMap(({ key, line }) => {
      const [, word, name = ''] = /^(export|set|setx)\s+(\w+)$/i.exec(key) ?? [];
      if (word === undefined || !PROFILE_KEY.test(name)) return [];
      const at = `line ${line + 1} of ${shortPath(file, home)}`;
      return [
        fail(
          `${at} is shell syntax: no SDK reads ${inline(key)}`,
          `replace ${inline(key)} with ${name.toLowerCase()} in ${at}`,
        ),
      ];
    }),
  );
}

function oddLine(
  { file, line, home }: { file: string; line: number; home: string },
  why: string,
  instead: string,
): Finding {
  const shown = shortPath(file, home);
  return fail(`${shown}, line ${line + 1}: ${why}`, writeIn({ file: shown, line: line + 1 }, instead));
}

import type { ConfigSection, ConfigValue } from '../../base/formats/profiles.ts';
import { disagreement } from './disagreement.ts';
import { placeOf } from './line-place.ts';
import { chainOf, innermost, type Question } from './question.ts';
import type { Disagreement } from './story.ts';

/** What is written in a way that not every SDK reads the same. */
export function wordingDisagreements(question: Question): Disagreement[] {
  const sections = sectionsOf(question);
  const own = sections.flatMap((section) => [
    ...nameOf(question, section),
    ...[...section.values].flatMap(([key, value]) => [
      ...commentIn(question, key, value),
      ...caseOf(question, key, value),
    ]),
    ...processLine(section),
  ]);
  return [...defaultTwice(question, sections), ...own];
}

/** To Python the later one of `[default]` and `[profile default]` replaces the other; to most others the second form does, wherever it stands. */
function defaultTwice({ deps, lines }: Question, sections: readonly ConfigSection[]): Disagreement[] {
  if (!sections.some(({ name }) => name === 'default')) return [];
  const file = deps.paths.configFile;
  const written = lines.get(file) ?? [];
  const prefixed = written.findIndex((line) => /^\[profile\s+default\]/.test(line));
  const bare = written.findLastIndex((line) => line.startsWith('[default]'));
  if (prefixed === -1 || bare < prefixed) return [];
  return [disagreement('default-twice', { place: { file, line: bare + 1 } })];
}

/** The profiles and sessions that take part. */
function sectionsOf({ deps, plan, profile }: Question): ConfigSection[] {
  const { profiles, ssoSessions } = deps.config;
  const names = new Set([profile, ...chainOf(plan).flatMap((one) => ('profile' in one ? one.profile : []))]);
  const last = innermost(plan);
  const found = [...names].map((name) => profiles.get(name));
  if (last?.kind === 'sso') found.push(ssoSessions.get(last.role.session ?? ''));
  return found.filter((section) => section !== undefined);
}

function nameOf({ lines }: Question, section: ConfigSection): Disagreement[] {
  if (section.portable) return [];
  const inQuotes = /["']/.test(lines.get(section.file)?.[section.line - 1] ?? '');
  const sdks = [
    // JavaScript reads such a name in quotes, unless there is a space in it.
    ...(/\s/.test(section.name) ? ['JavaScript'] : []),
    // To these the quotes belong to the name.
    ...(inQuotes ? ['Go', 'Ruby'] : []),
    ...['Rust', 'Java', 'C++'],
  ];
  return [disagreement('name-not-portable', { name: section.name, sdks, place: placeOf(section) })];
}

/** Keys whose value decides. */
const DECISIVE =
  /^(aws_|sso_|role_arn$|source_profile$|credential_source$|credential_process$|web_identity_token_file$|mfa_serial$|external_id$)/;

function commentIn({ lines }: Question, key: string, value: ConfigValue): Disagreement[] {
  const line = lines.get(value.file)?.[value.line - 1] ?? '';
  const [, sign] = /[=:].*?[ \t]([#;])/.exec(line) ?? [];
  if (!DECISIVE.test(key) || sign === undefined) return [];
  // Ruby knows ` ;` only.
  const sdks = ['AWS CLI', 'boto3', ...(sign === '#' ? ['Ruby'] : []), '.NET'];
  return [disagreement('inline-comment', { name: key, sdks, place: placeOf(value) })];
}

function caseOf({ lines }: Question, key: string, value: ConfigValue): Disagreement[] {
  const line = lines.get(value.file)?.[value.line - 1] ?? '';
  const written = /^\s*([^=:]+?)\s*[=:]/.exec(line)?.[1] ?? key;
  if (!DECISIVE.test(key) || written === key || written.toLowerCase() !== key) return [];
  return [disagreement('key-case', { name: key, place: placeOf(value) })];
}

/** Python starts the program itself; the others ask a shell. */
function processLine(section: ConfigSection): Disagreement[] {
  const at = section.values.get('credential_process');
  // In single quotes a shell takes nothing for its own, in double ones `$` and a backtick.
  const bare = (at?.value ?? '').replace(/'[^']*'/g, '').replace(/"(?:[^"\\$`]|\\.)*"/g, '');
  if (at === undefined || !/[|&;<>$`*?~]/.test(bare)) return [];
  return [disagreement('process-shell', { place: placeOf(at) })];
}

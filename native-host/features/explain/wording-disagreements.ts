import type { Plan } from '../../aws/resolver/credential-plan.ts';
import type { ConfigSection, ConfigValue } from '../../base/formats/profiles.ts';
import { placeOf } from './line-place.ts';
import type { Question } from './question.ts';
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
  return [
    {
      id: 'default-twice',
      sdks: ['JavaScript', 'Go', 'Rust', 'Java'],
      instead: 'take [profile default], although [default] comes after it',
      remedy: 'keep one of the two',
      place: { file, line: bare + 1 },
      source: 'parseIni; shared_config.go; aws-config; ProfileFileReader.java',
    },
  ];
}

/** The profiles and sessions that take part. */
function sectionsOf({ deps, plan, profile }: Question): ConfigSection[] {
  const { profiles, ssoSessions } = deps.config;
  const names = new Set([profile, ...profilesOf(plan)]);
  const session = sessionOf(plan);
  const found = [...names].map((name) => profiles.get(name));
  if (session !== undefined) found.push(ssoSessions.get(session));
  return found.filter((section) => section !== undefined);
}

function profilesOf(plan: Plan | undefined): string[] {
  if (plan === undefined || !('profile' in plan)) return [];
  return plan.kind === 'assume-role' ? [plan.profile, ...profilesOf(plan.source)] : [plan.profile];
}

function sessionOf(plan: Plan | undefined): string | undefined {
  if (plan?.kind === 'assume-role') return sessionOf(plan.source);
  return plan?.kind === 'sso' ? (plan.role.session ?? undefined) : undefined;
}

function nameOf({ lines }: Question, section: ConfigSection): Disagreement[] {
  if (section.portable) return [];
  const inQuotes = /["']/.test(lines.get(section.file)?.[section.line - 1] ?? '');
  return [
    {
      id: 'name-not-portable',
      sdks: [
        // JavaScript reads such a name in quotes, unless there is a space in it.
        ...(/\s/.test(section.name) ? ['JavaScript'] : []),
        // To these the quotes belong to the name.
        ...(inQuotes ? ['Go', 'Ruby'] : []),
        ...['Rust', 'Java', 'C++'],
      ],
      instead: `leave the section ${section.name} out: its name has characters other than letters, digits and _-/.%@:+`,
      remedy: 'give it such a name, without quotes',
      place: placeOf(section),
      source:
        'aws-config validate_identifier; aws-sdk-java-v2 VALID_IDENTIFIER; aws-sdk-cpp IDENTIFIER_ALLOWED_CHARACTERS',
    },
  ];
}

/** Keys whose value decides. */
const DECISIVE =
  /^(aws_|sso_|role_arn$|source_profile$|credential_source$|credential_process$|web_identity_token_file$|mfa_serial$|external_id$)/;

function commentIn({ lines }: Question, key: string, value: ConfigValue): Disagreement[] {
  const line = lines.get(value.file)?.[value.line - 1] ?? '';
  const [, sign] = /[=:].*?[ \t]([#;])/.exec(line) ?? [];
  if (!DECISIVE.test(key) || sign === undefined) return [];
  return [
    {
      id: 'inline-comment',
      // Ruby knows ` ;` only.
      sdks: ['AWS CLI', 'boto3', ...(sign === '#' ? ['Ruby'] : []), '.NET'],
      instead: `read the comment after ${key} as part of its value`,
      remedy: 'put the comment on its own line',
      place: placeOf(value),
      source: 'Python configparser; aws-sdk-ruby ini_parser.rb',
    },
  ];
}

function caseOf({ lines }: Question, key: string, value: ConfigValue): Disagreement[] {
  const line = lines.get(value.file)?.[value.line - 1] ?? '';
  const written = /^\s*([^=:]+?)\s*[=:]/.exec(line)?.[1] ?? key;
  if (!DECISIVE.test(key) || written === key || written.toLowerCase() !== key) return [];
  return [
    {
      id: 'key-case',
      sdks: ['JavaScript', 'Ruby', 'Java', 'C++'],
      instead: `do not see ${key}: they read keys in lower case only`,
      remedy: `write ${key} in lower case`,
      place: placeOf(value),
      source:
        '@smithy/shared-ini-file-loader parseIni; ini_parser.rb; ProfileFileReader; AWSConfigFileProfileConfigLoader.cpp',
    },
  ];
}

/** Python starts the program itself; the others ask a shell. */
function processLine(section: ConfigSection): Disagreement[] {
  const at = section.values.get('credential_process');
  // In single quotes a shell takes nothing for its own, in double ones `$` and a backtick.
  const bare = (at?.value ?? '').replace(/'[^']*'/g, '').replace(/"(?:[^"\\$`]|\\.)*"/g, '');
  if (at === undefined || !/[|&;<>$`*?~]/.test(bare)) return [];
  return [
    {
      id: 'process-shell',
      sdks: ['JavaScript', 'Go', 'Rust', 'Ruby', 'PHP'],
      instead:
        'give the credential_process line to a shell, which interprets |&;<>$`*?~; the AWS CLI does not',
      remedy: 'put the line into a script, and give the full path of that script',
      place: placeOf(at),
      source: 'botocore compat_shell_split; @aws-sdk/credential-provider-process; processcreds',
    },
  ];
}

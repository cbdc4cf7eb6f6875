import * as v from 'valibot';
import { AGENTS_RULES } from '../../../shared/agents-rule.ts';
import { isRegionShaped, partitionOf } from '../../../shared/aws/regions.ts';
import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { COLOURS } from '../../../shared/catalogue/colours.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { isPrintable } from '../../../shared/printable.ts';
import { SESSION_SETTINGS } from '../../../shared/session-settings.ts';
import { nearest } from '../../base/formats/nearest.ts';
import { DEVICE_CODES, OUTPUTS } from './choices.ts';
import { parseTemplate } from './profile-template.ts';

/** One line without control characters and without marks that turn the direction of text. */
const Label = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'is empty'),
  v.maxLength(40, 'is longer than 40 characters'),
  v.check(isPrintable, 'has invisible characters'),
);
/** A pattern on names: all of it shows, and none of the characters that mean something in an INI header. */
const Pattern = v.pipe(
  v.string(),
  v.minLength(1, 'is empty'),
  v.maxLength(100, 'is longer than 100 characters'),
  v.check(isPrintable, 'has invisible characters'),
  v.regex(/^[^[\]"']+$/u, 'has a character not allowed in a pattern'),
);
/** One pattern may stand for a list of one. */
const Patterns = v.union(
  [
    v.pipe(v.array(Pattern), v.maxLength(200, 'has more than 200 patterns')),
    v.pipe(
      Pattern,
      v.transform((one) => [one]),
    ),
  ],
  'is not a list of patterns',
);
export const Region = v.pipe(
  v.string(),
  v.check((text) => partitionOf(text) !== undefined || isRegionShaped(text), 'is not an AWS region'),
);
const OutputFormat = v.picklist(OUTPUTS, `is not one of ${OUTPUTS.join(', ')}`);
const TemplateText = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    try {
      parseTemplate(dataset.value);
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : 'is not a template';
      addIssue({ message: `is refused: ${message.replace(/\.$/, '')}` });
    }
  }),
);

/** What goes for every `profiles sync` that is not told otherwise. */
const ProfileDefaults = v.strictObject({
  template: v.optional(TemplateText),
  accounts: v.optional(Patterns),
  roles: v.optional(Patterns),
  include: v.optional(Patterns),
  exclude: v.optional(Patterns),
  region: v.optional(Region),
  output: v.optional(OutputFormat),
});
const Mark = v.strictObject({
  label: v.optional(Label),
  color: v.optional(v.picklist(COLOURS, `is not one of ${COLOURS.join(', ')}`)),
});

const SessionName = v.pipe(
  v.string(),
  v.maxLength(100, 'is longer than 100 characters'),
  v.check(isSafeName, 'is not a name that every SDK reads: only letters, digits and _ - / . % @ : +'),
);

const GROUPS = {
  profiles: v.optional(ProfileDefaults),
  accounts: v.optional(v.record(Pattern, Mark)),
  production: v.optional(v.strictObject({ accounts: Patterns })),
  agents: v.optional(v.picklist(AGENTS_RULES, `is not one of ${AGENTS_RULES.join(', ')}`)),
  device_codes: v.optional(v.picklist(DEVICE_CODES, `is not one of ${DEVICE_CODES.join(', ')}`)),
};

/**
 * awsher's own settings, as `config.ini` holds them and a platform team publishes them. Only names, patterns and choices:
 * nothing in here names a command, a path or an address.
 */
export const Settings = v.strictObject({
  ...GROUPS,
  /** Session → the label or kind of the browser that signs it in. The person's own: no team knows their labels. */
  browsers: v.optional(v.record(SessionName, Label)),
  sessions: v.optional(v.record(SessionName, v.strictObject(SESSION_SETTINGS))),
});
export type Settings = v.InferOutput<typeof Settings>;

const Session = v.strictObject({
  ...SESSION_SETTINGS,
  start_url: v.pipe(v.string(), v.startsWith('https://', 'does not begin with https://'), v.maxLength(500)),
  region: Region,
  scopes: v.optional(
    v.union(
      [
        v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w:.*/-]{1,200}$/))), v.minLength(1), v.maxLength(20)),
        v.pipe(
          v.string(),
          v.regex(/^[\w:.*/-]{1,200}$/),
          v.transform((one) => [one]),
        ),
      ],
      'is not a list of scopes such as sso:account:access',
    ),
  ),
});

/** What a platform team publishes: the settings, and the portals to sign in to. */
export const TeamSettings = v.strictObject({
  ...GROUPS,
  sessions: v.optional(v.record(SessionName, Session)),
});
export type TeamSettings = v.InferOutput<typeof TeamSettings>;

/**
 * Parses settings. Throws SETTINGS_INVALID with one sentence that names `source` and the setting; what is not known is
 * refused, never passed over.
 */
export function parseSettings<T extends typeof Settings | typeof TeamSettings>(
  schema: T,
  value: unknown,
  source: string,
): v.InferOutput<T> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw settingsError(source, result.issues[0]);
}

function settingsError(source: string, issue: v.BaseIssue<unknown>): AwsherError {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  const place = keys.length === 0 ? 'The file' : `The setting ${JSON.stringify(keys.join('.'))}`;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const last = keys.at(-1) ?? '';
    const near = nearest(last, KNOWN_KEYS);
    return invalid(
      `${source}: there is no setting ${JSON.stringify(keys.join('.'))}.`,
      near === undefined ? 'the settings are listed in docs/accounts.md' : `did you mean ${near}?`,
    );
  }
  const own = /^(is|has|does) /.test(issue.message);
  const missing = issue.received === 'undefined';
  const what = own ? issue.message : missing ? 'is missing' : 'has the wrong type';
  return invalid(`${source}: ${place} ${what}.`, 'the settings are listed in docs/accounts.md');
}

const KNOWN_KEYS = [
  ...Object.keys(Settings.entries),
  ...Object.keys(TeamSettings.entries),
  ...Object.keys(ProfileDefaults.entries),
  ...Object.keys(Mark.entries),
  ...Object.keys(Session.entries),
];

function invalid(message: string, hint: string): AwsherError {
  return new AwsherError('SETTINGS_INVALID', message, { hint });
}

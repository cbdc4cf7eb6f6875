import fc from 'fast-check';

const name = fc.oneof(
  fc.constantFrom('a', 'b'),
  fc
    .stringMatching(/^[A-Za-z0-9_\-/.%@:+]{1,12}$/)
    .filter((text) => text !== '__proto__' && text !== 'default'),
);
const key = fc.oneof(
  fc.constantFrom(
    'region',
    'output',
    'sso_session',
    'sso_start_url',
    'sso_region',
    'role_arn',
    'Region',
    's3',
  ),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => text !== '__proto__'),
);
const value = fc.oneof(
  fc.constantFrom(
    'eu-west-1',
    'https://d-123.awsapps.com/start#/',
    'a # comment',
    'b ; comment',
    'x;y#z',
    '"quoted"',
    'with = equals',
    '50%',
    '',
  ),
  fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/),
  fc.constantFrom('é', '日本', 'tab\tinside'),
);
const blank = fc.constantFrom(
  '',
  '  ',
  '\t',
  '# comment',
  '; comment',
  '#',
  '  # indented comment',
  '# [profile no]',
);
const spaces = fc.constantFrom('', ' ', '  ', '\t');

const entry = fc
  .tuple(key, spaces, spaces, value, fc.option(fc.array(fc.tuple(key, value), { maxLength: 3 })))
  .map(([name, before, after, text, nested]) =>
    nested === null || nested.length === 0
      ? [`${name}${before}=${after}${text}`]
      : [`${name}${before}=`, ...nested.map(([inner, innerText]) => `  ${inner} = ${innerText}`)],
  );

const header = fc.oneof(
  name.map((text) => `[profile ${text}]`),
  name.map((text) => `[profile   ${text}]  # comment`),
  name.map((text) => `[sso-session ${text}]`),
  name.map((text) => `[services ${text}]`),
  name.map((text) => `[${text}]`),
  fc.constantFrom(
    '[default]',
    '[profile "quoted"]',
    "[sso-session 'my corp']",
    '[ profile spaced ]',
    '[preview]',
  ),
);

const section = fc
  .tuple(
    header,
    fc.array(fc.oneof({ weight: 4, arbitrary: entry }, { weight: 1, arbitrary: blank.map((b) => [b]) }), {
      maxLength: 5,
    }),
  )
  .map(([head, body]) => [head, ...body.flat()]);

/** Text of a config as a person and ten years of tools may have left it; often one that botocore rejects. */
export const anyConfig = fc
  .tuple(
    fc.array(blank, { maxLength: 3 }),
    fc.array(section, { maxLength: 6 }),
    fc.array(blank, { maxLength: 2 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lead, sections, tail, eol, last]) => {
    const lines = [...lead, ...sections.flat(), ...tail];
    return lines.join(eol) + (last && lines.length > 0 ? eol : '');
  });

/** Any text at all, built of the characters that mean something. */
export const anyText = fc
  .array(
    fc.constantFrom(
      '[',
      ']',
      '=',
      ':',
      '#',
      ';',
      ' ',
      '\t',
      '\n',
      '\r\n',
      '\r',
      'a',
      'profile a',
      '"',
      '\u00e9',
      '\uFEFF',
      '\u0085',
      '\u001c',
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

export const anyName = name;

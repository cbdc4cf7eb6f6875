// docs/awsher.1 from the declarations: man(7) macros, ASCII.
import { meaning, optionForm, runnable, usageOf } from './commands.mjs';

/** @returns {string} the page */
export function manPage({ commands, globals }, exit) {
  return `${[
    '.\\" Written by `npm run docs` from the declarations in native-host/programs/cli/commands/.',
    '.TH AWSHER 1 "" "awsher" "User Commands"',
    '.SH NAME',
    'awsher \\- sign your terminal in to AWS IAM Identity Center through your own browser',
    '.SH SYNOPSIS',
    '.B awsher',
    '.I COMMAND',
    '[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]',
    '.SH DESCRIPTION',
    roff(
      'awsher completes the sign-in in the browser where passkeys, password manager and portal session are, and writes the token where the AWS CLI and every AWS SDK look for it.',
    ),
    '.PP',
    roff('stdout carries the answer and nothing else; everything else goes to stderr.'),
    '.SH COMMANDS',
    ...commands.flatMap(runnable).flatMap(commandPart),
    '.SH OPTIONS OF EVERY COMMAND',
    ...globals.flatMap(optionPart),
    '.SH EXIT STATUS',
    ...Object.entries(exit).flatMap(([name, code]) => ['.TP', `.B ${code}`, roff(meaning(name))]),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([names, text]) => ['.TP', `.B ${escaped(names)}`, roff(text)]),
    '.SH FILES',
    ...FILES.flatMap(([path, text]) => ['.TP', `.I ${escaped(path)}`, roff(text)]),
    '.SH SEE ALSO',
    '.BR aws (1)',
  ].join('\n')}\n`;
}

const ENVIRONMENT = [
  ['AWS_PROFILE', 'The profile when --profile is not given.'],
  ['AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE', 'Where the AWS config and credentials are.'],
  ['AWS_CA_BUNDLE', 'Certificate authorities to trust instead of the built-in ones.'],
  ['HTTPS_PROXY, NO_PROXY', 'The proxy, and the hosts that go without it, as in the AWS CLI.'],
  [
    'AWS_ENDPOINT_URL_SSO, AWS_ENDPOINT_URL_SSO_OIDC, AWS_ENDPOINT_URL_STS',
    'Other addresses of these services.',
  ],
  ['NO_COLOR', 'No colors.'],
];

const FILES = [
  ['~/.aws/config', 'Sessions and profiles. Nothing is changed but what awsher was asked to write.'],
  ['~/.aws/sso/cache', 'Tokens, as the AWS CLI writes them.'],
  ['~/.local/state/awsher', "awsher's own state: client registrations, copies for undo, the host's log."],
  ['~/.local/share/awsher/awsher-host', 'The program that browsers start.'],
];

function commandPart(command) {
  const { summary, description, options = [], arguments: args = [], examples = [] } = command;
  return [
    `.SS ${escaped(usageOf(command))}`,
    roff(`${summary}.`),
    ...(description ? ['.PP', roff(description)] : []),
    ...args.flatMap(({ name, description: text }) => ['.TP', `.I ${escaped(name)}`, roff(`${text}.`)]),
    ...options.flatMap(optionPart),
    ...(examples.length > 0
      ? ['.PP', 'Examples:', '.PP', '.nf', '.RS', ...examples.map(roff), '.RE', '.fi']
      : []),
  ];
}

function optionPart(option) {
  const choices = option.choices ? ` One of ${option.choices.join(', ')}.` : '';
  return [
    '.TP',
    `.B ${escaped(optionForm(option))}`,
    roff(`${option.description}.${choices}`.replace(/\.\.$/, '.')),
  ];
}

/** A line of text: a dot or a quote at its start would be a request. */
function roff(text) {
  return escaped(text).replace(/^([.'])/gm, '\\&$1');
}

function escaped(text) {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('\n', ' ');
}

// docs/commands.md from the declarations.

import { jsonKeys } from './json-keys.mjs';

const EXIT_MEANINGS = {
  done: 'Done.',
  failed: 'Failed; one sentence on stderr says why and what to do next.',
  usage: 'awsher does not understand the command, or it names something that does not exist.',
  cancelled: 'Denied or canceled by you.',
  signInNeeded: 'You need to sign in, and this command may not open a browser: run `awsher login`.',
  interrupted: 'Interrupted (Ctrl-C).',
};

/** @returns {string} the page */
export function commandsPage({ commands, globals }, exit) {
  return `${[
    '# Commands',
    '<!-- Written by `npm run docs` from the declarations in native-host/programs/cli/commands/. Do not edit. -->',
    'stdout carries the answer and nothing else; everything else goes to stderr. This page is also `awsher help COMMAND` and `man docs/awsher.1`.',
    [
      '| command | |',
      '|---|---|',
      ...commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${cell(summary)} |`),
    ].join('\n'),
    '## Options of every command',
    optionTable(globals),
    ...jsonKeys(),
    '## Exit codes',
    [
      '| code | |',
      '|---|---|',
      ...Object.entries(exit).map(([name, code]) => `| ${code} | ${meaning(name)} |`),
    ].join('\n'),
    ...commands.flatMap(commandSection),
  ].join('\n\n')}\n`;
}

/** @returns {string} what an exit code means */
export function meaning(name) {
  const text = EXIT_MEANINGS[name];
  if (text === undefined) throw new Error(`the exit code ${name} has no words in scripts/docs/commands.mjs`);
  return text;
}

/** @returns {string} `awsher login [OPTIONS] [NAME]` */
export function usageOf({ name, options = [], arguments: args = [], commands }) {
  if (commands) return `awsher ${name} COMMAND [OPTIONS]`;
  const words = args.map(({ name: word, required, variadic }) => {
    const dots = variadic ? `${word}...` : word;
    return required ? dots : `[${dots}]`;
  });
  const dashes = args.some(({ variadic }) => variadic) ? ['--'] : [];
  return ['awsher', name, ...(options.length > 0 ? ['[OPTIONS]'] : []), ...dashes, ...words].join(' ');
}

/** @returns {object[]} a command, or the commands under its word, each by its whole name */
export function runnable({ name, commands, ...rest }) {
  return commands ? commands.map((one) => ({ ...one, name: `${name} ${one.name}` })) : [{ name, ...rest }];
}

/** @returns {string} `-q, --quiet`, `--format FORM` */
export function optionForm({ flag, short, value }) {
  return `${short ? `${short}, ` : ''}${flag}${value ? ` ${value}` : ''}`;
}

function commandSection(command) {
  if (command.commands) {
    return [
      `## ${command.name}`,
      `${command.summary}.`,
      ...runnable(command).flatMap((one) => commandPart(one, '###')),
    ];
  }
  return commandPart(command, '##');
}

function commandPart(command, heading) {
  const { name, summary, description, options = [], arguments: args = [], examples = [] } = command;
  return [
    `${heading} ${name}`,
    `${summary}.`,
    ['```', usageOf(command), '```'].join('\n'),
    ...(description ? [description] : []),
    ...(args.length > 0 ? [argumentTable(args)] : []),
    ...(options.length > 0 ? [optionTable(options)] : []),
    ...(examples.length > 0
      ? [['```console', ...examples.map((line) => `$ ${line}`), '```'].join('\n')]
      : []),
  ];
}

function argumentTable(args) {
  return [
    '| argument | |',
    '|---|---|',
    ...args.map(({ name, description }) => `| \`${name}\` | ${cell(description)} |`),
  ].join('\n');
}

function optionTable(options) {
  const rows = options.map((option) => {
    const choices = option.choices
      ? ` One of ${option.choices.map((choice) => `\`${choice}\``).join(', ')}.`
      : '';
    const end = choices && !option.description.endsWith('.') ? '.' : '';
    return `| \`${optionForm(option)}\` | ${cell(option.description)}${end}${choices} |`;
  });
  return ['| option | |', '|---|---|', ...rows].join('\n');
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

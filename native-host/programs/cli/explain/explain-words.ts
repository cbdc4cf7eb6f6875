import { clockTime, distance } from '../../../base/formats/times.ts';
import { parseTimestamp } from '../../../base/formats/token-dates.ts';
import { shortPath } from '../../../features/doctor/check.ts';
import type { Otherwise, Story, Variable, Verdict } from '../../../features/explain/story.ts';
import { SOURCE_WORDS, type TreeNode, treeOf } from '../../../features/explain/tree.ts';
import type { Style } from '../output.ts';
import { width as columnsOf, hang, pad, wrap } from '../width.ts';
import { drawTree, said, type TellOptions } from './draw.ts';

/** A story as a person reads it: the end first, then the environment, the chain, and who would decide otherwise. */
export function storyText(story: Story, options: TellOptions): string {
  const { style } = options;
  const parts = [headline(story, options)];
  if (story.environment.length > 0)
    parts.push(`${style.bold('Environment')}\n${variables(story.environment, options)}`);
  parts.push(drawTree(humanTimes(treeOf(story), options), options));
  if (story.disagreements.length > 0)
    parts.push(
      [
        style.bold('Who would decide differently'),
        ...story.disagreements.map((one) => otherwise(one, options)),
        ...notRun(story).map((words) => paragraph(words, options, '  ', style.dim)),
      ].join('\n'),
    );
  for (const note of story.notes) parts.push(paragraph(note, options, '', style.dim));
  return parts.join('\n\n');
}

function headline({ profile, verdict, hops }: Story, options: TellOptions): string {
  const { style } = options;
  const arrow = options.unicode ? '→' : '->';
  const where = verdict.source === null ? 'nowhere' : SOURCE_WORDS[verdict.source];
  const title = hops[0]?.title;
  const from = verdict.source === 'env' ? 'environment' : `${said(profile, options)} ${arrow} ${where}`;
  const first = style.bold(
    wrap(`${from}${title ? `: ${said(title, options)}` : ''}`, options.width).join('\n'),
  );
  const lines = [first, paragraph(verdict.sentence, options, `${sign(verdict, options)} `)];
  if (verdict.next !== null) lines.push(paragraph(verdict.next, options, `  ${arrow} `));
  return lines.join('\n');
}

function sign({ state }: Verdict, { style, unicode }: TellOptions): string {
  switch (state) {
    case 'ready':
      return style.green(unicode ? '✓' : '*');
    case 'broken':
    case 'expired':
      return style.red(unicode ? '✗' : 'x');
    default:
      return style.yellow('!');
  }
}

function variables(all: readonly Variable[], options: TellOptions): string {
  const { style, width } = options;
  const heads = all.map(({ name, value }) => (value === null ? name : `${name}=${said(value, options)}`));
  const most = width * 0.4;
  const column = Math.max(0, ...heads.map(columnsOf).filter((one) => one <= most));
  return all
    .flatMap(({ effect, sentence }, at) => {
      const head = heads[at] ?? '';
      const name = `  ${EFFECTS[effect](style)(head)}`;
      // A name that is much longer than its neighbors has its sentence on the lines below.
      if (columnsOf(head) > column) return [name, ...hang('    ', said(sentence, options), width)];
      return hang(`${pad(name, column + 2)}  `, said(sentence, options), width);
    })
    .join('\n');
}

const EFFECTS: Readonly<Record<Variable['effect'], (style: Style) => (text: string) => string>> = {
  wins:
    ({ green, bold }) =>
    (text) =>
      green(bold(text)),
  used: () => (text) => text,
  'passed-over': ({ dim }) => dim,
  'no-effect': ({ dim }) => dim,
};

function notRun({ disagreements }: Story): string[] {
  const all = disagreements.flatMap(({ sdks }) => sdks).length;
  const run = disagreements.flatMap((one) => one.run).length;
  if (run === all) return [];
  return [
    `* according to its source code; not tested by running it${run === 0 ? '' : ', unlike the others'}`,
  ];
}

function otherwise({ sdks, run, instead, remedy, place }: Otherwise, options: TellOptions): string {
  const { style, unicode, home } = options;
  const names = sdks.map((sdk) => (run.includes(sdk) ? sdk : `${sdk}*`)).join(', ');
  const at = place === null ? '' : ` (${shortPath(place.file, home)}:${place.line})`;
  return [
    paragraph(`${names}: ${instead}${at}`, options, `  ${style.yellow('!')} `),
    paragraph(remedy, options, `    ${unicode ? '→' : '->'} `, style.dim),
  ].join('\n');
}

/** Words behind a prefix, the further lines in line with the first. */
function paragraph(
  text: string,
  options: TellOptions,
  prefix: string,
  paint: (text: string) => string = (same) => same,
): string {
  return hang(prefix, said(text, options), options.width)
    .map((line, at) => (at === 0 ? `${prefix}${paint(line.slice(prefix.length))}` : paint(line)))
    .join('\n');
}

/** Dates as a person says them: `until 18:04 (in 47 min)`. */
function humanTimes(node: TreeNode, options: TellOptions): TreeNode {
  const { now, home } = options;
  const text = node.text
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, (stamp) => {
      const at = parseTimestamp(stamp);
      return at === undefined ? stamp : `${clockTime(at, now)} (${distance(at, now)})`;
    })
    .replaceAll(`${home}/`, '~/');
  return { ...node, text, children: node.children.map((child) => humanTimes(child, options)) };
}

import { type ExplainedLine, MOST_EXPLAINED_LINES } from '../../../shared/protocol/roles.ts';
import type { TreeNode } from './tree.ts';

const LONGEST_TEXT = 400;
const DEEPEST = 12;

/** The picture of a story line by line, for a view that is not a terminal. `home` shows as `~`. */
export function explainedLines(root: TreeNode, home: string): ExplainedLine[] {
  const lines: ExplainedLine[] = [];
  const add = ({ mark, title, text, place, aside, children }: TreeNode, depth: number): void => {
    if (lines.length === MOST_EXPLAINED_LINES || depth > DEEPEST) return;
    const where = place === null ? (aside ?? '') : placeText(place, home);
    lines.push({ depth, mark, title: short(title), text: short(text), place: short(where) });
    for (const child of children) add(child, depth + 1);
  };
  add(root, 0);
  return lines;
}

function placeText({ file, line }: NonNullable<TreeNode['place']>, home: string): string {
  const shown = file.startsWith(`${home}/`) ? `~${file.slice(home.length)}` : file;
  return line === null ? shown : `${shown}:${line}`;
}

const short = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`;

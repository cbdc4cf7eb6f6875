import { basename } from 'node:path';
import type { Plugin } from 'rolldown';

/** A node of the syntax tree, as far as this reads it. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

/** What is compared otherwise. */
const OTHERWISE: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '>': '>=',
  '<=': '<',
  '>=': '>',
  '+': '-',
  '-': '+',
};
/** `saved` holds by its type; what is done and what happened are told by name. */
const NAMES: ReadonlySet<unknown> = new Set(['do', 'type', 'saved']);

/**
 * Builds a switch into the code at each place where its functions could be wrong: a condition that always or never holds, one half of
 * an "and" or "or", a comparison, a value of a record, an effect. `globalThis.wrongAt` turns one on; `places` names them all, by index.
 */
export function switched(files: RegExp, places: string[]): Plugin {
  return {
    name: 'switched',
    transform(code, id) {
      if (!files.test(id.replaceAll('\\', '/'))) return null;
      const edits: { at: number; opens: boolean; length: number; text: string }[] = [];
      const source = ({ start, end }: Node): string => code.slice(start, end);
      function on(node: Node, what: string): string {
        const line = code.slice(0, node.start).split('\n').length;
        places.push(`${basename(id)}:${line} ${what}: ${source(node).replace(/\s+/g, ' ')}`);
        return `globalThis.wrongAt === ${places.length - 1} ? `;
      }
      function wrap({ start, end }: Node, before: string, after: string): void {
        edits.push({ at: start, opens: true, length: end - start, text: before });
        edits.push({ at: end, opens: false, length: end - start, text: after });
      }
      function visit(node: Node, parent: Node | null, isInside: boolean): void {
        if (/^TS(Type|Interface)|^Import/.test(node.type)) return;
        if (isInside) breakAt(node, parent);
        const inside = isInside || /Function/.test(node.type);
        for (const value of Object.values(node).flat()) if (isNode(value)) visit(value, node, inside);
      }
      function breakAt(node: Node, parent: Node | null): void {
        const { test, left, right, operator, argument, properties } = node;
        if ((node.type === 'IfStatement' || node.type === 'ConditionalExpression') && isNode(test))
          wrap(test, `(${on(test, 'never')}false : ${on(test, 'always')}true : (`, '))');
        if (isNode(left) && isNode(right) && node.type === 'LogicalExpression')
          wrap(
            node,
            `(${on(node, 'left')}(${source(left)}) : ${on(node, 'right')}(${source(right)}) : (`,
            '))',
          );
        const other = OTHERWISE[String(operator)];
        if (isNode(left) && isNode(right) && node.type === 'BinaryExpression' && other)
          wrap(node, `(${on(node, other)}(${source(left)} ${other} ${source(right)}) : (`, '))');
        if (node.type === 'SpreadElement' && isNode(argument) && parent?.type !== 'ObjectExpression')
          wrap(argument, `(${on(node, 'none')}[] : (`, '))');
        if (node.type === 'ObjectExpression' && Array.isArray(properties))
          breakRecord(node, parent, properties);
      }
      function breakRecord(node: Node, parent: Node | null, properties: Node[]): void {
        const nameOf = ({ key }: Node): unknown => (isNode(key) ? key.name : null);
        if (parent?.type === 'CallExpression' && properties.some((one) => nameOf(one) === 'do'))
          wrap(node, `...(${on(node, 'none')}[] : [`, '])');
        for (const one of properties)
          if (one.type === 'Property' && !one.shorthand && !NAMES.has(nameOf(one)) && isNode(one.value))
            wrap(one.value, `(${on(one, 'undefined')}undefined : (`, '))');
      }
      const tree: unknown = this.parse(code, { lang: 'ts' });
      if (isNode(tree)) visit(tree, null, false);
      // Of two that begin at one place the longer is outside.
      edits.sort(
        (a, b) =>
          a.at - b.at ||
          Number(a.opens) - Number(b.opens) ||
          (a.opens ? b.length - a.length : a.length - b.length),
      );
      let at = 0;
      const pieces = edits.map((edit) => {
        const piece = code.slice(at, edit.at) + edit.text;
        at = edit.at;
        return piece;
      });
      return pieces.join('') + code.slice(at);
    },
  };
}

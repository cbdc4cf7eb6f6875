import { clockTime, distance } from '../../../base/formats/times.ts';
import { parseTimestamp } from '../../../base/formats/token-dates.ts';
import { shortPath } from '../../../features/doctor/check.ts';
import type { TreeNode } from '../../../features/explain/tree.ts';
import type { Area } from '../../../features/inventory/inventory.ts';
import type { Item } from '../../../features/inventory/item.ts';
import type { TellOptions } from '../explain/draw.ts';
import { drawTree } from '../explain/draw.ts';

/** The anatomy as a tree of folders. */
export function areasText(areas: readonly Area[], options: TellOptions): string {
  return areas.map((area) => drawTree(areaNode(area, options), options)).join('\n\n');
}

function areaNode({ folder, items, more }: Area, options: TellOptions): TreeNode {
  const children = items.map((item) => itemNode(item, options));
  const rest: TreeNode[] =
    more === 0
      ? []
      : [
          {
            mark: 'detail',
            title: '…',
            text: `${more.toLocaleString('en')} more`,
            place: null,
            children: [],
          },
        ];
  const title = shortPath(folder, options.home);
  return { mark: 'detail', title, text: '', place: null, children: [...children, ...rest] };
}

const MARKS: Readonly<Record<Item['state'], TreeNode['mark']>> = {
  good: 'taken',
  ended: 'passed-over',
  orphan: 'passed-over',
  leftover: 'passed-over',
  broken: 'invalid',
  foreign: 'not-there',
};

/** A file in one sentence: what, until when, by whom, and what becomes of it. */
function itemNode(item: Item, options: TellOptions): TreeNode {
  const name = item.path.slice(Math.max(item.path.lastIndexOf('/'), item.path.lastIndexOf('\\')) + 1);
  const short = name.replace(/^([0-9a-f]{8})[0-9a-f]{32}/, '$1…');
  return {
    mark: MARKS[item.state],
    title: item.folder ? `${short}/` : short,
    text: sentence(item, options),
    ...(item.writer === null ? {} : { aside: item.writer }),
    place: null,
    children: [],
  };
}

function sentence({ what, expiresAt, clean, ifDeleted, state }: Item, { now }: TellOptions): string {
  const at = expiresAt === null ? undefined : parseTimestamp(expiresAt);
  const end =
    at === undefined ? '' : `, ${at <= now ? 'ended' : 'until'} ${clockTime(at, now)} (${distance(at, now)})`;
  if (clean) return `${what}${end}; may go`;
  return state === 'good' ? `${what}${end}` : `${what}${end}. If deleted, ${ifDeleted}`;
}

import { lstatSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Paths } from '../../base/files/paths.ts';
import { namesIn, readText } from '../../base/files/read-file.ts';
import { readableConfig } from '../../base/files/readable-config.ts';
import { octal } from '../../base/formats/octal.ts';
import { judgeAwsRoot } from './aws-root.ts';
import { judgeCliCache } from './cli-cache.ts';
import { type Item, type Judgement, judged } from './item.ts';
import { knownNames } from './known-names.ts';
import type { Look, Scene } from './look.ts';
import { judgeOwnState } from './own-folders.ts';
import { judgeSsoCache } from './sso-cache.ts';

export interface InventoryInput {
  readonly paths: Paths;
  readonly platform: string;
  /** AWS's time, milliseconds since 1970. */
  readonly now: number;
}

/** A folder with everything in it that has a line of its own. */
export interface Area {
  readonly folder: string;
  readonly items: readonly Item[];
  /** How many more are there than were looked at. */
  readonly more: number;
}

const SPECIAL = judged('special', 'a device, a pipe or a socket, not a file', {
  state: 'foreign',
  ifDeleted: 'unknown',
});
const AWS_LOGIN = judged('aws-login', 'a sign-in by `aws login`', {
  writer: 'AWS CLI',
  ifDeleted: 'you need to run `aws login` again',
});

/** So many files of one folder get a line; a cache of years has thousands. */
const MOST = 2_000;
/** A token is a few kilobytes; what is much larger is none. */
const MAX_TEXT = 256 * 1024;

/** Everything in `~/.aws` and in awsher's own folders, folder by folder, each with what is known about it. Reads only. */
export function takeInventory(input: InventoryInput): Area[] {
  const { paths, now } = input;
  // As far as it can be read: an anatomy of broken files is worth most.
  const config = readableConfig(paths);
  const scene: Scene = { paths, config, names: knownNames(paths, config), now };
  const { awsDir, stateDir } = paths;
  const at = (folder: string, judge: (look: Look, relative: string) => Judgement) =>
    area(folder, input, scene, judge);
  const elsewhere = [paths.configFile, paths.credentialsFile].filter((file) => dirname(file) !== awsDir);
  const moved = elsewhere.flatMap((file) => one(file, input, scene, (look) => judgeAwsRoot('', look)));
  const root = at(awsDir, (look, relative) => judgeAwsRoot(relative, look));
  return [
    ...root,
    ...(moved.length === 0 ? [] : [{ folder: 'named by the environment', items: moved, more: 0 }]),
    ...at(join(awsDir, 'cli'), (look, relative) => judgeAwsRoot(`cli/${relative}`, look)),
    ...at(join(awsDir, 'login', 'cache'), () => AWS_LOGIN),
    ...at(paths.ssoCacheDir, (look) => judgeSsoCache(look)),
    ...at(paths.cliCacheDir, (look) => judgeCliCache(look)),
    ...at(stateDir, (look, relative) => judgeOwnState(relative, look)),
    ...at(join(stateDir, 'sessions'), (look, relative) => judgeOwnState(`sessions/${relative}`, look)),
    ...at(join(stateDir, 'catalogue'), (look, relative) => judgeOwnState(`catalogue/${relative}`, look)),
    ...at(paths.configDir, (look) =>
      judged('own-settings', look.name === 'config.ini' ? 'your settings of awsher' : "awsher's", {
        writer: 'you, awsher',
        ifDeleted: 'settings return to their defaults',
      }),
    ),
    ...(paths.dataDir === paths.configDir || dirname(stateDir) === paths.dataDir
      ? []
      : at(paths.dataDir, () =>
          judged('own-launcher', 'the launcher that browsers start', {
            writer: '`awsher install`',
            ifDeleted: 'browsers cannot start awsher; run `awsher install`',
          }),
        )),
  ];
}

function area(
  folder: string,
  input: InventoryInput,
  scene: Scene,
  judge: (look: Look, relative: string) => Judgement,
): Area[] {
  const names = namesIn(folder).sort();
  if (names.length === 0) return [];
  const items = names.slice(0, MOST).flatMap((name) => one(join(folder, name), input, scene, judge));
  return [{ folder, items, more: Math.max(0, names.length - MOST) }];
}

function one(
  path: string,
  { platform, paths, now }: InventoryInput,
  scene: Scene,
  judge: (look: Look, relative: string) => Judgement,
): Item[] {
  const stats = statOf(path);
  if (stats === undefined) return [];
  const folder = stats.isDirectory();
  const name = basename(path);
  const cache = [paths.ssoCacheDir, paths.cliCacheDir].includes(dirname(path));
  const text = cache && stats.isFile() && stats.size <= MAX_TEXT ? textOf(path) : '';
  const look: Look = { path, name, text, ageMs: now - stats.mtimeMs, scene };
  const special = !stats.isFile() && !folder && !stats.isSymbolicLink();
  const verdict = special ? SPECIAL : judge(look, folder ? `${name}/` : name);
  // Only regular files are ever taken away; a link or a pipe in a cache is somebody's intention.
  return [
    {
      path,
      folder,
      ...verdict,
      clean: verdict.clean && stats.isFile(),
      size: stats.size,
      mode: platform === 'win32' ? null : octal(stats.mode),
      modifiedMs: Math.round(stats.mtimeMs),
    },
  ];
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function textOf(path: string): string {
  try {
    return readText(path);
  } catch {
    return '';
  }
}

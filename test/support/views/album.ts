import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const TRACKED = new URL('../../browser/pictures/', import.meta.url).pathname;
const ACTUAL = join(TRACKED, 'actual');

/** With what the tracked pictures were made. `drawing` is the hash of a probe: same browser, fonts and graphics. */
const Made = v.strictObject({ browser: v.string(), drawing: v.string() });
type Made = v.InferOutput<typeof Made>;

export interface Comparison {
  different: number;
  of: number;
  /** A PNG in base64 with the differing pixels in red; `null` when the sizes differ. */
  diff: string | null;
}

/** What an album needs of a browser. Pictures are PNG. */
export interface Camera {
  /** Name and version of the browser. */
  name: string;
  /** A picture of the page of `PROBE`. */
  probe: Buffer;
  /** Compares two pictures; two pixels are the same when no channel differs by more than `tolerance` of 255. */
  compare(left: Buffer, right: Buffer, tolerance: number): Promise<Comparison>;
}

/** Fonts of every kind that the views use: what changes here changes every picture. */
export const PROBE = `<!doctype html><body style="margin:8px;font:14px system-ui;width:360px">Sign in ÄÖ fi 0123 ✓
<p style="font:600 18px sans-serif">Hamburgefonstiv</p><code style="font:13px ui-monospace,monospace">awsher login</code>
<p lang="ko">로그인하십시오</p><p lang="ja">サインイン 終わりました</p><svg width="40" height="40"><circle cx="20" cy="20" r="15.5"
fill="none" stroke="teal" stroke-width="3"/></svg>`;

export interface Album {
  /** Why pictures are not compared here; `null` when they are. */
  readonly skips: string | null;
  readonly records: boolean;
  /** Compares a picture with the tracked one (or makes it the tracked one). Throws, with the files to look at, when it is another. */
  keep(name: string, picture: Buffer): Promise<void>;
  /** Ends a recording; otherwise says which tracked pictures belong to nothing. `names` are all there may be. */
  close(names: readonly string[]): Promise<string[]>;
}

/** Per channel; an edge that is drawn a hair elsewhere stays below. */
const TOLERANCE = 32;
/** Of all pixels. */
const MAY_DIFFER = 0.0005;

/**
 * The tracked pictures of one browser. Only with `AWSHER_TEST_RECORD=pictures` (`npm run pictures`) a tracked file is
 * written; a plain test run leaves what it saw, and the difference, in `actual/`.
 */
export async function openAlbum(engine: string, camera: Camera): Promise<Album> {
  const records = process.env.AWSHER_TEST_RECORD === 'pictures';
  const madeFile = join(TRACKED, `made-with-${engine}.json`);
  const made: Made = {
    browser: camera.name,
    drawing: createHash('sha256').update(camera.probe).digest('hex').slice(0, 16),
  };
  const recorded = await readMade(madeFile);
  const skips = records ? null : whyNot(recorded, made);
  await mkdir(ACTUAL, { recursive: true });

  return {
    skips,
    records,
    async keep(name, picture) {
      const file = `${name}.png`;
      if (records) {
        await writeFile(join(TRACKED, file), picture);
        return;
      }
      await writeFile(join(ACTUAL, file), picture);
      if (skips) return;
      const tracked = await readFile(join(TRACKED, file)).catch(() => null);
      if (!tracked)
        throw new Error(
          `test/browser/pictures/${file} is missing: run \`npm run pictures\`, look at it, commit it`,
        );
      if (tracked.equals(picture)) return rm(join(ACTUAL, file));
      const { different, of, diff } = await camera.compare(tracked, picture, TOLERANCE);
      if (diff && different <= of * MAY_DIFFER) return rm(join(ACTUAL, file));
      if (diff) await writeFile(join(ACTUAL, `${name}.diff.png`), Buffer.from(diff, 'base64'));
      const how = diff ? `differs in ${different} of ${of} pixels` : 'has another size';
      const also = diff ? ` and ${name}.diff.png` : '';
      throw new Error(
        `${file} ${how}: see test/browser/pictures/actual/${file}${also}; if it is meant, run \`npm run pictures\` and commit it`,
      );
    },
    async close(names) {
      const wanted = new Set(names.map((name) => `${name}.png`));
      const others = (await readdir(TRACKED)).filter(
        (file) =>
          file.endsWith('.png') &&
          file.startsWith('firefox-') === (engine === 'firefox') &&
          !wanted.has(file),
      );
      if (!records) return skips ? [] : others;
      await Promise.all(others.map((file) => rm(join(TRACKED, file))));
      await writeFile(madeFile, `${JSON.stringify(made, null, 2)}\n`);
      return [];
    },
  };
}

async function readMade(file: string): Promise<Made | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : v.parse(Made, JSON.parse(text));
}

function whyNot(recorded: Made | null, here: Made): string | null {
  if (!recorded) return 'no pictures were made yet: run `npm run pictures`';
  if (recorded.drawing === here.drawing) return null;
  return recorded.browser === here.browser
    ? `the fonts here are not those of the tracked pictures (${recorded.browser})`
    : `the tracked pictures were made with ${recorded.browser}, this is ${here.browser}`;
}

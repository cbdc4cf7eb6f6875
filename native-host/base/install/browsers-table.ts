import * as v from 'valibot';
import data from '../../../manifests/browsers.json';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { mistakes } from '../../../shared/mistakes.ts';
import { shown } from '../formats/shown.ts';

/*
 * Paths in the table are templates with `/`: {home}, {config} (XDG_CONFIG_HOME or ~/.config), {local} and {roaming}
 * (the two AppData folders), {programs} (each of Windows' program folders). Executables without a `/` are looked up
 * in PATH.
 */

const texts = v.array(v.string());

const flatpakSchema = v.strictObject({
  app: v.string(),
  /** `override`: only after the person has widened the sandbox as the note says. */
  works: v.picklist(['yes', 'override', 'no']),
  manifests: texts,
  note: v.string(),
});

const snapSchema = v.strictObject({
  name: v.string(),
  /** `portal`: through the desktop's WebExtensions portal, which asks the person once. */
  works: v.picklist(['yes', 'portal', 'no']),
  manifests: texts,
  note: v.string(),
});

const linuxSchema = v.strictObject({
  profiles: texts,
  executables: texts,
  manifests: texts,
  systemManifests: texts,
  flatpak: v.optional(flatpakSchema),
  snap: v.optional(snapSchema),
});

const darwinSchema = v.strictObject({
  profiles: texts,
  /** Names of application bundles without `.app`. */
  apps: texts,
  manifests: texts,
  systemManifests: texts,
});

const win32Schema = v.strictObject({
  profiles: texts,
  executables: texts,
  /** Below HKEY_CURRENT_USER, or HKEY_LOCAL_MACHINE for all users; the host's name is the last part. */
  registryKeys: texts,
});

const browserSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z-]+$/)),
  name: v.string(),
  aliases: texts,
  family: v.picklist(['chromium', 'gecko']),
  extensionsPage: v.string(),
  linux: v.optional(linuxSchema),
  darwin: v.optional(darwinSchema),
  win32: v.optional(win32Schema),
});

const tableSchema = v.strictObject({ browsers: v.array(browserSchema) });

export type Browser = v.InferOutput<typeof browserSchema>;

let table: readonly Browser[] | undefined;

/** Every browser of manifests/browsers.json, in its order: stable and common ones first. */
export function browsersTable(): readonly Browser[] {
  table ??= v.parse(tableSchema, data).browsers;
  return table;
}

/**
 * The browser of an id, an alias or a display name, in any case. Throws BROWSER_UNKNOWN with the nearest known id
 * when there is one, and all ids in the hint.
 */
export function browserNamed(name: string): Browser {
  const browsers = browsersTable();
  const wanted = normal(name);
  const found = browsers.find((browser) => namesOf(browser).some((known) => normal(known) === wanted));
  if (found) return found;
  const near = nearest(wanted, browsers);
  throw new AwsherError(
    'BROWSER_UNKNOWN',
    `awsher does not know a browser named ${shown(name, (text) => `"${text}"`, 'by a word')}.${near ? ` Did you mean ${near}?` : ''}`,
    { hint: `name one of these: ${browsers.map(({ id }) => id).join(', ')}` },
  );
}

function namesOf(browser: Browser): string[] {
  return [browser.id, ...browser.aliases, browser.name];
}

function normal(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}

function nearest(wanted: string, browsers: readonly Browser[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const browser of browsers) {
    for (const known of namesOf(browser)) {
      const distance = mistakes(wanted, normal(known));
      if (distance >= bestDistance) continue;
      best = browser.id;
      bestDistance = distance;
    }
  }
  return best;
}

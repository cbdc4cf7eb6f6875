import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { FIREFOX_EXTENSION } from '../support/firefox-stage.ts';
import { ROOT } from '../support/root.ts';

const Message = v.object({ code: v.string(), file: v.optional(v.string()), message: v.string() });
const Report = v.object({
  errors: v.array(Message),
  warnings: v.array(Message),
  notices: v.array(Message),
});

it("Mozilla's linter finds nothing", async () => {
  const webExt = join(ROOT, 'node_modules', 'web-ext', 'bin', 'web-ext.js');
  // It ends with 1 when there are errors; the report says which.
  const stdout = await promisify(execFile)(process.execPath, [
    webExt,
    'lint',
    '--source-dir',
    FIREFOX_EXTENSION,
    '--output',
    'json',
    '--no-config-discovery',
  ]).then(
    (done) => done.stdout,
    (failed: { stdout: string }) => failed.stdout,
  );
  expect(v.parse(Report, JSON.parse(stdout))).toEqual({ errors: [], warnings: [], notices: [] });
});

it('the manifest is that of an event page with its own id, and asks for no data', async () => {
  const manifest: unknown = JSON.parse(await readFile(join(FIREFOX_EXTENSION, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({
    manifest_version: 3,
    background: { scripts: ['background.js'], type: 'module' },
    browser_specific_settings: {
      gecko: { id: ids.firefox, data_collection_permissions: { required: ['authenticationInfo'] } },
    },
  });
  for (const key of ['key', 'minimum_chrome_version', 'web_accessible_resources'])
    expect(manifest).not.toHaveProperty(key);
});

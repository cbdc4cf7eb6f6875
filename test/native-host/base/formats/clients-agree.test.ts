import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles, loadSsoSessionData } from '@smithy/core/config';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../native-host/base/formats/check.ts';
import {
  type IniDocument,
  parseIni,
  serializeIni,
} from '../../../../native-host/base/formats/ini-document.ts';
import { editIni, type IniEdit } from '../../../../native-host/base/formats/ini-edit.ts';
import { assertOnlyEdited } from '../../../../native-host/base/formats/ini-guard.ts';
import { parseHeader, sectionKey } from '../../../../native-host/base/formats/section-id.ts';
import { type Botocore, type BotocoreConfig, hasBotocore, startBotocore } from './botocore.ts';
import { anyConfig } from './config-arbitrary.ts';
import { anyEdits } from './edit-arbitrary.ts';

interface Edited {
  before: IniDocument;
  after: IniDocument;
}

/** The edited document, or undefined where awsher refuses the file. */
function edited(text: string, edits: readonly IniEdit[]): Edited | undefined {
  const before = parseIni(text);
  if (checkDocument(before).length > 0) return undefined;
  try {
    const after = editIni(before, edits);
    assertOnlyEdited(before, after, edits);
    return { before, after };
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'CONFIG_INVALID' });
    return undefined;
  }
}

describe.skipIf(!hasBotocore())('botocore', () => {
  let botocore: Botocore;
  beforeAll(async () => {
    botocore = await startBotocore();
  });
  afterAll(() => botocore.end());

  const sectionsOf = (config: BotocoreConfig | undefined): Map<string, Record<string, unknown>> => {
    const { profiles = {}, sso_sessions = {}, ...rest } = config ?? {};
    return new Map([
      ...Object.entries(profiles).map(([name, values]) => [`profile ${name}`, values] as const),
      ...Object.entries(sso_sessions).map(([name, values]) => [`sso-session ${name}`, values] as const),
      ...Object.entries(rest as Record<string, Record<string, unknown>>),
    ]);
  };

  it('reads every value that we wrote, and every other as before', async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(anyConfig, anyEdits, async (text, { edits }) => {
        const result = edited(text, edits);
        fc.pre(result !== undefined);
        tried++;
        const then = sectionsOf(await botocore.load(text));
        const now = sectionsOf(await botocore.load(serializeIni(result.after)));
        for (const edit of edits) {
          const values = now.get(sectionKey(edit.section));
          if (edit.kind === 'set') expect(values?.[edit.key]).toBe(edit.value);
          if (edit.kind === 'remove-key') expect(values?.[edit.key]).toBeUndefined();
          if (edit.kind === 'remove-section') expect(values).toBeUndefined();
        }
        for (const edit of edits) {
          const key = sectionKey(edit.section);
          if (!then.has(key)) now.delete(key);
          if (edit.kind === 'remove-section') {
            then.delete(key);
            continue;
          }
          delete then.get(key)?.[edit.key];
          delete now.get(key)?.[edit.key];
        }
        expect(Object.fromEntries(now)).toEqual(Object.fromEntries(then));
      }),
      { numRuns: 800 },
    );
    expect(tried).toBeGreaterThan(400);
  });
});

describe('the AWS SDK for JavaScript', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'awsher-js-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads every value that we wrote', async () => {
    const configFilepath = join(folder, 'config');
    const credentials = join(folder, 'none');
    await fc.assert(
      fc.asyncProperty(anyConfig, anyEdits, async (text, { edits }) => {
        const result = edited(text, edits);
        fc.pre(result !== undefined);
        writeFileSync(configFilepath, serializeIni(result.after));
        const init = { filepath: credentials, configFilepath, ignoreCache: true };
        const { configFile } = await loadSharedConfigFiles(init);
        const sessions = await loadSsoSessionData(init);
        for (const edit of edits) {
          if (edit.kind !== 'set' || !isReadByJavaScript(result.before, edit)) continue;
          const { type, name } = edit.section;
          const section =
            type === 'sso-session'
              ? sessions[name]
              : configFile[type === 'profile' ? name : `${type}.${name}`];
          expect(section?.[edit.key]).toBe(edit.value);
        }
      }),
      { numRuns: 800 },
    );
  });

  /** Not in sections with a header that it does not know, nor for keys that the person indented. */
  function isReadByJavaScript(
    before: IniDocument,
    { section, key }: { section: IniEdit['section']; key: string },
  ): boolean {
    const existing = before.sections.find(({ header }) => {
      const id = parseHeader(header);
      return id !== undefined && sectionKey(id) === sectionKey(section);
    });
    if (existing === undefined) return true;
    if (!/^(default|\S+\s(["']?)\S+\2)$/.test(existing.header)) return false;
    const line = before.lines[existing.line]?.text ?? '';
    if (!/\]\s*(\s[#;].*)?$/.test(line)) return false;
    return existing.entries.every((entry) => entry.key !== key || entry.indent === 0);
  }
});

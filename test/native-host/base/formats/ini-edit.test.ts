import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../native-host/base/formats/check.ts';
import {
  type IniDocument,
  parseIni,
  serializeIni,
} from '../../../../native-host/base/formats/ini-document.ts';
import { editIni, type IniEdit, setKeys } from '../../../../native-host/base/formats/ini-edit.ts';
import { assertOnlyEdited } from '../../../../native-host/base/formats/ini-guard.ts';
import { readSharedConfig } from '../../../../native-host/base/formats/profiles.ts';
import { anyConfig } from './config-arbitrary.ts';
import { anyEdits, sectionOf } from './edit-arbitrary.ts';

const corp = { type: 'sso-session', name: 'corp' } as const;
const a = { type: 'profile', name: 'a' } as const;
const edit = (text: string, ...edits: IniEdit[]): string => serializeIni(editIni(parseIni(text), edits));

describe('editIni', () => {
  const session = setKeys(corp, { sso_start_url: 'https://d-1.awsapps.com/start', sso_region: 'us-east-1' });
  const written =
    '[sso-session corp]\nsso_start_url = https://d-1.awsapps.com/start\nsso_region = us-east-1\n';

  it('makes a new file', () => {
    expect(edit('', ...session)).toBe(written);
  });

  it('adds a section after a blank line, and without one where the file has none between sections', () => {
    expect(edit('[default]\nregion = x\n', ...session)).toBe(`[default]\nregion = x\n\n${written}`);
    expect(edit('[a]\nx = 1\n[b]\nx = 1\n', ...session)).toBe(`[a]\nx = 1\n[b]\nx = 1\n${written}`);
    expect(edit('# only a comment\n\n', ...session)).toBe(`# only a comment\n\n${written}`);
  });

  it('keeps CRLF and a missing last newline', () => {
    expect(edit('[default]\r\nregion = x', ...session)).toBe(
      `[default]\r\nregion = x\r\n\r\n${written.trimEnd().replaceAll('\n', '\r\n')}`,
    );
  });

  it.each([
    [
      'at the end of its section',
      '[profile a]\nx = 1\n\n# about b\n[profile b]\n',
      '[profile a]\nx = 1\nk = v\n\n# about b\n[profile b]\n',
    ],
    ['in an empty section', '[profile a]\n[profile b]\n', '[profile a]\nk = v\n[profile b]\n'],
    [
      'after a nested block',
      '[profile a]\ns3 =\n  x = 1\n  # y\n',
      '[profile a]\ns3 =\n  x = 1\n  # y\nk = v\n',
    ],
    ['in the first column', '[profile a]\n  x = 1\n', '[profile a]\n  x = 1\nk = v\n'],
    [
      'indented where a header is',
      '  [profile a]\n  x = 1\n  [profile b]\n',
      '  [profile a]\n  x = 1\n  k = v\n  [profile b]\n',
    ],
    ['after a last line without newline', '[profile a]\nx = 1', '[profile a]\nx = 1\nk = v'],
    ['in a quoted section', '[profile "a"]\nx = 1\n', '[profile "a"]\nx = 1\nk = v\n'],
  ])('inserts a key %s', (_where, before, after) => {
    expect(edit(before, ...setKeys(a, { k: 'v' }))).toBe(after);
  });

  it.each([
    ['[profile a]\nk=v\n', '[profile a]\nk=v\n'],
    ['[profile a]\nk = w\nx = 1\n', '[profile a]\nk = v\nx = 1\n'],
    ['[profile a]\nK : v\n', '[profile a]\nk = v\n'],
    ['[profile a]\nk = w # why\n', '[profile a]\n# why\nk = v\n'],
    ['[profile a]\nk = w\n  more\n\n  # note\nx = 1\n', '[profile a]\nk = v\n\n# note\nx = 1\n'],
    ['[profile a]\n  k = w\n  x = 1\n', '[profile a]\n  k = v\n  x = 1\n'],
  ])('sets a key in %j', (before, after) => {
    expect(edit(before, ...setKeys(a, { k: 'v' }))).toBe(after);
  });

  it('removes a key with its continuation, and a section with one blank line', () => {
    const remove: IniEdit = { kind: 'remove-key', section: a, key: 'k' };
    expect(edit('[profile a]\nx = 1\nk = w\n  more\ny = 2\n', remove)).toBe('[profile a]\nx = 1\ny = 2\n');
    const drop: IniEdit = { kind: 'remove-section', section: a };
    expect(edit('[b]\nx = 1\n\n[profile a]\nk = 1\n\n# c\n[c]\n', drop)).toBe('[b]\nx = 1\n\n# c\n[c]\n');
    expect(edit('[b]\nx = 1\n\n[profile a]\nk = 1', drop)).toBe('[b]\nx = 1');
  });

  it.each([
    ['[profile a]\n[profile "a"]\n', 'Lines 1 and 2 of the config both begin the section [profile a].'],
    ['[default]\n[profile default]\n', 'Lines 1 and 2 of the config both begin the section [default].'],
    [
      '[ profile a ]\n',
      'Line 1 of the config has spaces inside its brackets, so the AWS CLI does not see that section.',
    ],
  ])('refuses %j, where SDKs disagree', (text, message) => {
    const name = text.includes('default') ? 'default' : 'a';
    expect(() => edit(text, ...setKeys({ type: 'profile', name }, { k: 'v' }))).toThrow(message);
  });

  it.each([
    ['a\n[profile evil]', 'k', 'v'],
    ['a b', 'k', 'v'],
    ['é', 'k', 'v'],
    ['', 'k', 'v'],
    ['a', 'k', 'v\nrole_arn = evil'],
    ['a', 'k', 'v # c'],
    ['a', 'k', ' v'],
    ['a', 'k', ''],
    ['a', 'k', '"v"'],
    ['a', 'k', '\u001b[31m'],
    ['a', 'k = 1\nx', 'v'],
    ['a', 'K', 'v'],
    ['a', '', 'v'],
  ])('never writes name %j, key %j, value %j', (name, key, value) => {
    expect(() => edit('', ...setKeys({ type: 'profile', name }, { [key]: value }))).toThrow(
      expect.objectContaining({ code: 'NAME_INVALID' }),
    );
  });

  it('keeps every line that is not its own, and a second run changes nothing', () => {
    fc.assert(
      fc.property(anyConfig, anyEdits, (text, { edits }) => {
        const before = parseIni(text);
        fc.pre(checkDocument(before).length === 0);
        let after: IniDocument;
        try {
          after = editIni(before, edits);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'CONFIG_INVALID' });
          return;
        }
        expect(checkDocument(after)).toEqual([]);
        expect(editIni(after, edits)).toBe(after);
        const kept = foreignLines(before, edits);
        const now = after.lines.map((line) => line.text);
        let at = 0;
        for (const line of kept) {
          const found = now.indexOf(line, at);
          expect(found, `lost ${JSON.stringify(line)}`).toBeGreaterThanOrEqual(0);
          at = found + 1;
        }
        const config = readSharedConfig({ file: 'config', document: after });
        for (const one of edits) {
          if (one.kind === 'set') {
            expect(sectionOf(config, one.section)?.values.get(one.key)?.value).toBe(one.value);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('edits a config of 10,000 profiles proof included (how fast: npm run bench)', () => {
    const text = Array.from(
      { length: 10_000 },
      (_, n) =>
        `[profile p${n}]\nsso_session = corp\nsso_account_id = ${n}\nsso_role_name = Admin\nregion = eu-west-1\n\n`,
    ).join('');
    const edits = setKeys({ type: 'profile', name: 'p5000' }, { sso_role_name: 'ReadOnly', output: 'json' });
    const editOnce = (): void => {
      const before = parseIni(text);
      expect(checkDocument(before)).toEqual([]);
      const after = editIni(before, edits);
      assertOnlyEdited(before, after, edits);
      expect(serializeIni(after)).toHaveLength(text.length + 'ReadOnly'.length - 'Admin'.length + 14);
    };
    editOnce();
  });
});

/** The lines that the edits may not touch: all but blank ones and those of edited keys and removed sections. */
function foreignLines(document: IniDocument, edits: readonly IniEdit[]): string[] {
  const own = new Set<number>();
  for (const section of document.sections) {
    for (const one of edits) {
      const type = one.section.type === 'profile' ? 'profile\\s+' : `${one.section.type}\\s+`;
      const pattern = new RegExp(`^(${type})["']?${one.section.name.replace(/[^A-Za-z0-9]/g, '\\$&')}["']?$`);
      const same =
        pattern.test(section.header) || (section.header === 'default' && one.section.name === 'default');
      if (!same) continue;
      if (one.kind === 'remove-section') for (let at = section.line; at < section.end; at++) own.add(at);
      else {
        for (const entry of section.entries) {
          if (entry.key.toLowerCase() !== one.key) continue;
          for (const at of [entry.line, ...entry.more]) own.add(at);
          for (const at of entry.comments) if (/^\s/.test(document.lines[at]?.text ?? '')) own.add(at);
        }
      }
    }
  }
  return document.lines
    .filter((line, at) => !own.has(at) && line.text.trim() !== '')
    .map((line) => line.text);
}

import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/protocol/internal.ts';
import { changesOf, readSettingsFile, writeSettingsFile } from '../../../shared/settings/settings-file.ts';

const target = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-central-1',
  scopes: ['sso:account:access'],
};
const { scopes: _scopes, ...stored } = target;
const file = (more: object) =>
  JSON.stringify({ format: 'awsher settings', version: 1, settings: {}, sessions: [], ...more });

describe('a file of settings', () => {
  it('comes back as it was written', () => {
    const settings = { ...DEFAULT_SETTINGS, label: 'work', theme: 'dark' as const };
    expect(readSettingsFile(writeSettingsFile(settings, [target]))).toEqual({ settings, sessions: [stored] });
  });

  it('may come from a newer version: what is not known is left out', () => {
    expect(readSettingsFile(file({ more: 1, settings: { ask: true, sound: 'loud' } }))).toEqual({
      settings: { ask: true },
      sessions: [],
    });
  });

  it.each([
    ['no JSON', '{'],
    ['another format', '{"format":"other","version":1,"settings":{},"sessions":[]}'],
    ['a version to come', file({ version: 2 })],
    ['a setting of another type', file({ settings: { ask: 'yes' } })],
    ['a theme that is none', file({ settings: { theme: 'neon' } })],
    [
      'an address without https',
      file({ sessions: [{ ...stored, startUrl: 'http://corp.awsapps.com/start' }] }),
    ],
    ['a script for an address', file({ sessions: [{ ...stored, startUrl: 'javascript:alert(1)' }] })],
    ['a name that opens a section', file({ sessions: [{ ...stored, session: 'a]\n[b' }] })],
    ['a region that is none', file({ sessions: [{ ...stored, region: '../../etc' }] })],
    ['too many sessions', file({ sessions: Array.from({ length: 201 }, () => stored) })],
  ])('is refused whole with %s', (_, text) => {
    expect(readSettingsFile(text)).toBeNull();
  });

  it('changes only what differs, adds only what is new, and nothing that is locked', () => {
    const given = {
      settings: { ask: true, watch: true, label: '' },
      sessions: [stored, { ...stored, session: 'lab' }],
    };
    expect(changesOf(given, { settings: DEFAULT_SETTINGS, names: ['corp'], locked: ['watch'] })).toEqual({
      settings: { ask: true },
      sessions: [{ ...stored, session: 'lab' }],
    });
  });
});

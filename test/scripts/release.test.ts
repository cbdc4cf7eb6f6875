import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { changesOf, closeUnreleased, releaseFaults } from '../../scripts/release/faults.mjs';
import { ROOT } from '../support/root.ts';

const changelog =
  '# Changelog\n\n## Unreleased\n\n- more\n\n## 1.0.0 - 2026-12-01\n\n### Added\n\n- a thing\n\n## 0.9.0\n\n';
const ready = {
  version: '1.0.0',
  tag: 'v1.0.0',
  ids: { stores: { chrome: 'a'.repeat(32), edge: 'b'.repeat(32) } },
  repository: 'git+https://example.com/awsher.git',
  author: 'A Person <a@example.com>',
  owners: '# Who reviews what.\n* @somebody\n',
  changelog,
};

describe('a release', () => {
  it('goes on when everything is there', () => {
    expect(releaseFaults(ready)).toEqual([]);
    expect(releaseFaults({ ...ready, tag: null })).toEqual([]);
  });

  it.each([
    [{ tag: 'v1.0.1' }, /tag v1\.0\.1 is not v1\.0\.0/],
    [{ ids: { stores: { chrome: null, edge: 'b'.repeat(32) } } }, /id of the chrome store/],
    [{ repository: undefined }, /"repository"/],
    [{ author: undefined }, /"author"/],
    [{ author: 'A Person' }, /"author"/],
    [{ owners: null }, /CODEOWNERS/],
    [{ owners: '# * @somebody\n' }, /CODEOWNERS/],
    [{ changelog: '## 1.0.0\n\n- a thing\n\n### Fixed\n\n- another\n' }, /begins with no kind/],
    [{ version: '0.9.0', tag: 'v0.9.0' }, /no part for 0\.9\.0/],
    [{ version: '0.9', tag: 'v0.9' }, /no part for 0\.9:/],
  ])('stops at %j', (change, sentence) => {
    const faults = releaseFaults({ ...ready, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(sentence);
  });
});

describe('CHANGELOG.md', () => {
  it('gives the part of one version', () => {
    expect(changesOf(changelog, '1.0.0')).toBe('### Added\n\n- a thing');
    expect(changesOf(changelog, '0.9.0')).toBeNull();
  });

  it('gets a heading with version and day, and keeps an empty place for what comes next', () => {
    const closed = closeUnreleased(changelog, '1.1.0', '2027-01-01');
    expect(changesOf(closed, '1.1.0')).toBe('- more');
    expect(changesOf(closed, 'Unreleased')).toBeNull();
    expect(() => closeUnreleased(closed, '1.1.1', '2027-01-02')).toThrow('nothing under "Unreleased"');
  });
});

it('says of this commit what is missing, in sentences, and goes on with nothing missing alone', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v0.0.0-never' },
  });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^The tag v0\.0\.0-never is not v/);
  for (const line of stderr.trimEnd().split('\n')) expect(line).toMatch(/\.$/);
});

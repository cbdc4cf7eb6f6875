import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recipes } from '../../scripts/package/recipes.mjs';

const tarball = Buffer.from('the tarball');
const sum = createHash('sha256').update(tarball).digest('hex');
const made = recipes(
  {
    version: '1.0.0-rc.1',
    license: 'MIT',
    author: 'A Person <a@example.com>',
    repository: { url: 'git+https://example.com/awsher.git' },
  },
  tarball,
);

describe('the recipes of package managers', () => {
  it('name this version, its tarball and its sum, and leave nothing to be filled in', () => {
    expect(Object.keys(made).sort()).toEqual(['PKGBUILD', 'awsher.json', 'awsher.nix', 'awsher.rb']);
    for (const text of Object.values(made)) {
      expect(text).toContain('https://registry.npmjs.org/awsher/-/awsher-1.0.0-rc.1.tgz');
      expect(text).toContain(sum);
      expect(text).toContain('https://example.com/awsher');
      expect(text).not.toMatch(/@[A-Z]+@|invalid/);
    }
  });

  it('Scoop: JSON', () => {
    expect(JSON.parse(made['awsher.json'] ?? '')).toMatchObject({ version: '1.0.0-rc.1', hash: sum });
  });

  it('AUR: bash reads it, and its version is one that pacman takes', () => {
    const script = `${made.PKGBUILD}\necho "$pkgver|\${source[0]}|\${sha256sums[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-euc', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const url = 'https://registry.npmjs.org/awsher/-/awsher-1.0.0-rc.1.tgz';
    expect(stdout).toBe(`1.0.0rc.1|awsher-1.0.0rc.1.tgz::${url}|${sum}\n`);
  });

  it('Homebrew: Ruby reads it', (test) => {
    const { error, status, stderr } = spawnSync('ruby', ['-c'], {
      input: made['awsher.rb'],
      encoding: 'utf8',
    });
    test.skip(error !== undefined, 'no ruby here');
    expect([status, stderr]).toEqual([0, '']);
  });

  it('Nix reads it', (test) => {
    const { error, status } = spawnSync('nix-instantiate', ['--parse', '-'], {
      input: made['awsher.nix'],
      encoding: 'utf8',
    });
    test.skip(error !== undefined, 'no nix here');
    expect(status).toBe(0);
  });
});

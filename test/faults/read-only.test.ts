import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect } from 'vitest';
import { runLine } from '../support/command-line.ts';
import { corpConfig, type Home } from '../support/credentials/home.ts';
import { atEndOfFile } from '../support/end-of-file.ts';
import { fault } from './support/fault.ts';
import { HANDING_OUT, handOut, ownFolder, signedIn } from './support/homes.ts';
import { mountsNot, mountTmpfs } from './support/tmpfs.ts';

/** The home of somebody who is signed in, moved to a file system of its own. Of awsher's state there is nothing yet. */
async function onOwnDisk(size: string, change: (home: Home) => void = () => {}) {
  const home = await signedIn();
  change(home);
  const place = ownFolder('home');
  const disk = mountTmpfs(place, `size=${size}`);
  atEndOfFile(disk.unmount);
  cpSync(join(home.home, '.aws'), join(place, '.aws'), { recursive: true });
  return { home, disk, place, env: { ...home.env, HOME: place } };
}

const EXPORT = ['export', '--profile', 'dev', '--format', 'env'];
const tokenText = (place: string): string => {
  const cache = join(place, '.aws/sso/cache');
  return readdirSync(cache)
    .map((name) => readFileSync(join(cache, name), 'utf8'))
    .join('');
};
const over = (home: Home) => home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
const due = (home: Home) => home.changeToken('corp', { expiresAt: Date.now() + 600_000 });

describe('a home that cannot be written', () => {
  fault(
    {
      breaks: 'The home is read-only, and the token is good',
      sees: 'the answer, from every command that hands out credentials or lists accounts',
      exit: 0,
      within: 5,
    },
    async (ends) => {
      for (const change of [() => {}, due]) {
        const { disk, env } = await onOwnDisk('1m', change);
        disk.again('ro');
        for (const command of HANDING_OUT) await ends(() => handOut(command, env));
      }
    },
    mountsNot,
  );

  fault(
    {
      breaks: 'The home is read-only, and the token is over',
      sees: '[FILE_WRITE] the file system is read-only; the refresh token is not spent',
      exit: 1,
      within: 3,
    },
    async (ends) => {
      const { home, disk, env } = await onOwnDisk('1m', over);
      disk.again('ro');
      const { stderr } = await ends(() => runLine(['export', '--profile', 'dev', '--format', 'env'], env));
      expect(stderr).toContain('the file system is read-only');
      expect(home.idc.count('CreateToken')).toBe(1);
    },
    mountsNot,
  );

  fault(
    {
      breaks: 'The disk with the home is full, and the token is good',
      sees: 'the answer, from every command that hands out credentials or lists accounts',
      exit: 0,
      within: 5,
    },
    async (ends) => {
      const { place, env } = await onOwnDisk('64k');
      fill(place);
      for (const command of HANDING_OUT) await ends(() => handOut(command, env));
    },
    mountsNot,
  );

  fault(
    {
      breaks: 'The disk with the home is full, and the token is over',
      sees: '[FILE_WRITE] the disk is full; the refresh token is not spent, and works once there is room',
      exit: 1,
      within: 3,
    },
    async (ends) => {
      const { home, place, env } = await onOwnDisk('256k', over);
      const before = tokenText(place);
      fill(place);
      const { stderr } = await ends(() => runLine(EXPORT, env));
      expect(stderr).toContain('the disk is full');
      expect(home.idc.count('CreateToken')).toBe(1);
      expect(tokenText(place)).toBe(before);
      for (const name of readdirSync(place).filter((one) => one.startsWith('fill-')))
        rmSync(join(place, name));
      expect(await runLine(EXPORT, env)).toMatchObject({ code: 0 });
      expect(home.idc.count('CreateToken')).toBe(2);
    },
    mountsNot,
  );

  fault(
    {
      breaks: 'The token file is a mount of its own, or protected (`chattr +i`), and the token is over',
      sees: '[FILE_WRITE] which of them it is; the refresh token is not spent',
      exit: 1,
      within: 3,
    },
    async (ends) => {
      for (const [shut, open, says] of [
        [['mount', '--bind'], ['umount', '-l'], 'mounted on its own'],
        [['chattr', '+i'], ['chattr', '-i'], 'protected against any change'],
      ] as const) {
        const { home, place, env } = await onOwnDisk('1m', over);
        const file = join(place, '.aws/sso/cache', basename(home.tokenFile('corp')));
        const words = shut[0] === 'mount' ? [...shut.slice(1), file, file] : [...shut.slice(1), file];
        // Where a tmpfs knows no such mark there is nothing that could go wrong.
        if (spawnSync(shut[0], words).status !== 0) continue;
        atEndOfFile(() => spawnSync(open[0], [...open.slice(1), file]));
        const { stderr } = await ends(() => runLine(EXPORT, env));
        expect(stderr).toContain(says);
        expect(home.idc.count('CreateToken')).toBe(1);
      }
    },
    mountsNot,
  );

  fault(
    {
      breaks: 'The folder `~/.aws` is a bind mount, as in a container, and the token is over',
      sees: 'nothing; the token is renewed in the mounted folder',
      exit: 0,
      within: 5,
    },
    async (ends) => {
      const { home, place, env } = await onOwnDisk('1m', over);
      const inside = ownFolder('container');
      mkdirSync(join(inside, '.aws'));
      const file = join(place, '.aws/sso/cache', basename(home.tokenFile('corp')));
      spawnSync('mount', ['--bind', join(place, '.aws'), join(inside, '.aws')]);
      atEndOfFile(() => spawnSync('umount', ['-l', join(inside, '.aws')]));
      await ends(() => runLine(EXPORT, { ...env, HOME: inside }));
      expect(home.idc.count('CreateToken')).toBe(2);
      expect(JSON.parse(readFileSync(file, 'utf8')).expiresAt > new Date().toISOString()).toBe(true);
    },
    mountsNot,
  );

  fault(
    {
      breaks: 'The disk with the home is full at `profiles sync`',
      sees: '[FILE_WRITE] the disk is full; the config is as it was',
      exit: 1,
      within: 5,
    },
    async (ends) => {
      const { place, env } = await onOwnDisk('64k');
      const before = readFileSync(join(place, '.aws/config'));
      fill(place);
      const { stderr } = await ends(() => runLine(['profiles', 'sync', '--yes'], env));
      expect(stderr).toContain('the disk is full');
      expect(readFileSync(join(place, '.aws/config'))).toEqual(before);
    },
    mountsNot,
  );
});

describe('a config that is protected', () => {
  const file = () => join(ownFolder('.aws'), 'config');
  /** Why no file can be marked here: not root, or a file system without the marks. */
  const marksNot = (() => {
    if (mountsNot !== undefined) return mountsNot.replace('mounts a tmpfs', 'marks a file as immutable');
    const probe = file();
    writeFileSync(probe, '');
    const { status } = spawnSync('chattr', ['+i', probe]);
    spawnSync('chattr', ['-i', probe]);
    return status === 0 ? undefined : 'this file system has no immutable files';
  })();

  fault(
    {
      breaks: 'The config is immutable or append-only (`chattr +i`, `+a`)',
      sees: '[FILE_WRITE] that it is protected, and how to lift it',
      exit: 1,
      within: 5,
    },
    async (ends) => {
      for (const mark of ['i', 'a']) {
        const home = await signedIn();
        const config = file();
        writeFileSync(config, corpConfig(home.idc));
        spawnSync('chattr', [`+${mark}`, config]);
        atEndOfFile(() => spawnSync('chattr', [`-${mark}`, config]));
        const env = { ...home.env, AWS_CONFIG_FILE: config };
        const { stderr } = await ends(() => runLine(['profiles', 'sync', '--yes'], env));
        expect(stderr).toContain('protected against any change (immutable or append-only)');
        expect(stderr).toContain(`chattr -ia "${config}"`);
        expect(existsSync(`${config}.tmp`)).toBe(false);
      }
    },
    marksNot,
  );
});

/** Leaves no byte. */
function fill(folder: string): void {
  for (let size = 1 << 16; size >= 1; size = Math.floor(size / 2))
    for (let at = 0; ; at++) {
      try {
        writeFileSync(join(folder, `fill-${size}-${at}`), Buffer.alloc(size));
      } catch {
        break;
      }
    }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browsers/chromium.ts';
import { findChromium } from '../support/browsers/find.ts';
import { openGround } from '../support/ground.ts';
import { hostPids, tokenFiles } from '../support/home-files.ts';
import { ROOT } from '../support/root.ts';
import { until } from '../support/until.ts';
import { Windows } from '../windows/wine.ts';

// needs: build chromium

// Takes minutes and a network (packaging/node.json), so it runs where somebody says so: the release does.
const wanted = process.env.AWSHER_TEST_NODE_INSIDE !== undefined;
const can = process.getuid?.() === 0 && process.arch === 'x64' && findChromium() !== null;

/** This computer in a layer of its own, of which nothing stays: without Node.js, until a package brings one. */
describe.skipIf(!wanted || !can)('packages for people without Node.js (AWSHER_TEST_NODE_INSIDE)', () => {
  let folder: string;
  let packages: string;
  let layer: ChildProcess;
  const machine = () => join(folder, 'layer/root');
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'awsher-node-inside-'));
    packages = process.env.AWSHER_TEST_NODE_INSIDE || join(folder, 'packages');
    if (packages.startsWith(folder)) {
      const args = ['scripts/package.mjs', '--to', packages, '--node-inside', 'all'];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, expect.anything()]);
    }
    const layers = join(folder, 'layer');
    mkdirSync(layers);
    const steps = [
      `mount -t tmpfs tmpfs ${layers}`,
      `mkdir ${layers}/root ${layers}/upper ${layers}/work`,
      `mount -t overlay overlay -o lowerdir=/,upperdir=${layers}/upper,workdir=${layers}/work ${machine()}`,
      `mount -t proc proc ${machine()}/proc`,
      `mount --rbind /dev ${machine()}/dev`,
      `mount --bind /tmp ${machine()}/tmp`,
      'echo ready',
      'exec sleep infinity',
    ];
    layer = spawn('unshare', ['--mount', 'sh', '-c', steps.join(' && ')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      layer.stdout?.once('data', () => resolve());
      layer.once('exit', () => reject(new Error('the layer could not be made')));
    });
    inside('rm -f /usr/bin/node /usr/local/bin/node /usr/bin/npm; ! command -v node');
  }, 1_200_000);
  afterAll(() => {
    layer?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const enter = () => ['-t', String(layer.pid), '-m', '--', '/usr/sbin/chroot', machine()];
  function inside(script: string, env: Record<string, string> = {}): string {
    const { status, stdout, stderr } = spawnSync('/usr/bin/nsenter', [...enter(), 'sh', '-ec', script], {
      encoding: 'utf8',
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
        DEBIAN_FRONTEND: 'noninteractive',
        ...env,
      },
    });
    expect([script, status, status === 0 ? '' : stderr]).toEqual([script, 0, '']);
    return stdout;
  }
  const named = (end: string) =>
    join(packages, readdirSync(packages).find((name) => name.endsWith(end)) ?? end);

  it('lintian finds nothing that packaging/linux/lintian-overrides does not explain', (test) => {
    const { error, stdout } = spawnSync('lintian', ['--allow-root', named('_amd64.deb')], {
      encoding: 'utf8',
    });
    test.skip(error !== undefined, 'no lintian here');
    expect(stdout).toBe('');
  });

  /** The same package as one of an older version, with a file that the newer one does not have. */
  function olderDeb(): string {
    const tree = join(folder, 'older');
    const file = join(folder, 'awsher_0.9.0_amd64.deb');
    inside(`dpkg-deb -R ${named('_amd64.deb')} ${tree}`);
    inside(`sed -i 's/^Version: .*/Version: 0.9.0/' ${tree}/DEBIAN/control`);
    inside(`sed -i 's/"version": "[^"]*"/"version": "0.9.0"/' ${tree}/usr/lib/awsher/package.json`);
    inside(`echo old > ${tree}/usr/lib/awsher/dist/host/old.js`);
    inside(`dpkg-deb --root-owner-group -Znone --build ${tree} ${file}`);
    return file;
  }

  it('apt installs the .deb; it signs in by a real Chromium, before and after an upgrade; nothing of it stays', async () => {
    inside(`apt-get install -y -qq --no-install-recommends ${olderDeb()}`);
    expect(inside("dpkg-query -W -f '${Version}' awsher")).toBe('0.9.0');
    const ground = await openGround();
    const { home, env, idc } = ground;
    const profile = join(home, 'profile');
    const program = join(home, 'chromium-inside');
    const line = ['/usr/bin/nsenter', ...enter(), findChromium() ?? ''].map((word) => `'${word}'`).join(' ');
    writeFileSync(program, `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 });
    const own = { ...env, PATH: '/usr/bin:/bin' };
    try {
      inside(`awsher install --browser chromium --user-data-dir ${profile}`, own);
      const browser = await launchChromium({
        idc,
        home,
        executable: program,
        extensionDir: '/usr/lib/awsher/dist/extension/chromium',
        env: { ...idc.endpoints, PATH: '/usr/bin:/bin' },
      });
      try {
        await browser.context.addCookies([idc.portalCookie()]);
        await until(() => hostPids(home).length === 1, 60_000);
        const signIn = async (): Promise<string> => {
          const words = ['awsher', 'login', ...ground.corp, '--force'];
          const login = spawn('/usr/bin/nsenter', [...enter(), ...words], { env: own });
          let said = '';
          for (const stream of [login.stdout, login.stderr]) stream.on('data', (text) => (said += text));
          const code = await new Promise((resolve) => login.on('close', resolve));
          return `${code} ${said}`;
        };
        const signedIn = /^0 (?:.*\n)*?.*✓ signed in to corp/;
        expect(await signIn()).toMatch(signedIn);
        expect(await tokenFiles(home)).toHaveLength(1);
        // With the host of the older one still connected, and then with its own.
        inside(`apt-get install -y -qq --no-install-recommends ${named('_amd64.deb')}`);
        inside('test ! -e /usr/lib/awsher/dist/host/old.js');
        expect(await signIn()).toMatch(signedIn);
        const before = hostPids(home);
        for (const pid of before) process.kill(pid);
        await until(() => hostPids(home).some((pid) => !before.includes(pid)), 60_000);
        expect(await signIn()).toMatch(signedIn);
        expect(inside('awsher upgrade', own)).toContain('installed from deb: /usr/lib/awsher');
      } finally {
        await browser.close();
      }
      inside('awsher uninstall', own);
      expect(existsSync(join(profile, 'NativeMessagingHosts'))).toBe(false);
    } finally {
      await ground.clear();
    }
    inside('apt-get purge -y -qq awsher');
    expect(inside('find /usr /etc /var/lib -name "*awsher*" -newer /etc/hostname 2>/dev/null || true')).toBe(
      '',
    );
  });

  it('the archive runs where it was unpacked, by a link too', () => {
    const out = inside(
      `mkdir -p /opt/a && tar -xzf ${named('-linux-x64.tar.gz')} -C /opt/a && ln -s /opt/a/awsher-*/bin/awsher /usr/local/bin/awsher && awsher upgrade`,
      { HOME: '/root' },
    );
    expect(out).toMatch(/^awsher \S+, installed from archive: \/opt\/a\/awsher-\S+-linux-x64\n$/);
    inside('rm /usr/local/bin/awsher');
  });

  it('the archive for arm64 runs, on a processor that is played', (test) => {
    const qemu = ['qemu-aarch64-static', 'qemu-aarch64'].find(
      (one) => spawnSync(one, ['--version']).status === 0,
    );
    test.skip(qemu === undefined, 'no qemu-user-static here');
    const apt = join(folder, 'arm64');
    const libraries = join(apt, 'root');
    for (const name of ['state/lists/partial', 'cache/archives/partial', 'root'])
      mkdirSync(join(apt, name), { recursive: true });
    writeFileSync(join(apt, 'status'), '');
    const get = `apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State=${apt}/state -o Dir::State::status=${apt}/status -o Dir::Cache=${apt}/cache -o APT::Sandbox::User=root`;
    inside(`cd ${apt} && ${get} update && ${get} download libc6 libstdc++6 libgcc-s1`);
    inside(`for one in ${apt}/*.deb; do dpkg-deb -x $one ${libraries}; done`);
    inside(`mkdir ${apt}/own && tar -xzf ${named('-linux-arm64.tar.gz')} -C ${apt}/own --strip-components=1`);
    const awsher = `${qemu} -L ${libraries} ${apt}/own/node/bin/node ${apt}/own/dist/cli/awsher.js`;
    expect(inside(`${awsher} version`)).toMatch(/^1\./);
    expect(inside(`${awsher} status 2>&1`, { HOME: apt })).toContain('There is no session yet');
    expect(inside(`${awsher} upgrade`, { HOME: apt })).toMatch(/, installed from archive: /);
  });

  /** Unpacks an archive; where that is. */
  function unpacked(system: string): string {
    const to = join(folder, system);
    mkdirSync(to);
    const archive = named(`-${system}.${system.startsWith('win32') ? 'zip' : 'tar.gz'}`);
    const [program, ...args] = archive.endsWith('.zip')
      ? ['unzip', '-q', archive, '-d', to]
      : ['tar', '-xzf', archive, '-C', to, '--strip-components=1'];
    expect(spawnSync(String(program), args).status).toBe(0);
    return to;
  }

  /** Everything but its Node.js, and the code caches, which only that Node.js can make. */
  const withoutNode = (root: string): string[] =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.cache'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .filter((path) => !path.startsWith('node/'))
      .sort();

  it.each([
    ['arm64', '0c000001'],
    ['x64', '07000001'],
  ])(
    'the archive for macOS on %s is that for Linux, with its own Node.js, signed by its makers',
    (arch, processor) => {
      const linux = join(folder, 'linux');
      if (!existsSync(linux)) renameSync(unpacked('linux-x64'), linux);
      const mac = unpacked(`darwin-${arch}`);
      expect(withoutNode(mac)).toEqual(withoutNode(linux));
      for (const path of withoutNode(linux))
        expect([path, readFileSync(join(mac, path))]).toEqual([path, readFileSync(join(linux, path))]);
      const node = readFileSync(join(mac, 'node/bin/node'));
      // Mach-O of 64 bits, and its processor (mach/machine.h); the team of the Node.js Foundation in its code signature.
      expect(node.subarray(0, 8).toString('hex')).toBe(`cffaedfe${processor}`);
      expect(node.includes('HX7739G8FX')).toBe(true);
      expect(statSync(join(mac, 'node/bin/node')).mode & 0o777).toBe(0o755);
      expect(readFileSync(join(mac, 'node/LICENSE'), 'utf8')).toContain('Node.js');
    },
  );

  it('the archive for Windows runs in Wine', (test) => {
    test.skip(spawnSync('wine', ['--version']).error !== undefined, 'no Wine here');
    const root = unpacked('win32-x64');
    const windows = new Windows({ wine: 'wine', node: join(root, 'node/bin/node.exe') });
    try {
      expect(windows.command(join(root, 'awsher.cmd'), 'version')).toMatch(/^1\./);
      expect(windows.command(join(root, 'awsher.cmd'), 'status')).toContain('There is no session yet');
      expect(windows.command(join(root, 'awsher.cmd'), 'upgrade')).toContain('installed by archive in Z:');
    } finally {
      windows.remove();
    }
  });

  it('rpm installs the .rpm into a root of its own', (test) => {
    test.skip(spawnSync('rpm', ['--version']).error !== undefined, 'no rpm here');
    inside(`mkdir /opt/r && rpm --root /opt/r --nodeps --noscripts -i ${named('x86_64.rpm')}`);
    expect(inside('cat /opt/r/usr/lib/awsher/package.json')).toContain('"name": "awsher"');
    expect(inside('ls /opt/r/usr/share/man/man1 /opt/r/usr/bin')).toContain('awsher-open');
    expect(inside('rpm --root /opt/r -V --nodeps awsher')).toBe('');
  });
});

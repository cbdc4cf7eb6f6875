import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ids from '../../../../manifests/ids.json' with { type: 'json' };
import { inspectConfigFile } from '../../../../native-host/base/files/config-file.ts';
import { talkWith } from '../../../../native-host/base/platform/talk.ts';
import { CHECKS } from '../../../../native-host/features/doctor/checks.ts';
import { FILE_BREAKS, SOCKET_BREAKS } from './breaks-files.ts';
import { HOST_BREAKS } from './breaks-host.ts';
import { CONFIG, failing, hostRecord, makePatient, type Patient, put } from './patient.ts';

// needs: seconds

let patient: Patient;
beforeEach(async () => {
  patient = await makePatient();
});
afterEach(() => patient.remove());

const BREAKS = [...HOST_BREAKS, ...SOCKET_BREAKS, ...FILE_BREAKS];

describe.runIf(process.platform === 'linux')('doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const outcomes = await patient.examine({ talk: talkWith });
    expect(failing(outcomes)).toEqual([]);
    expect(outcomes.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(outcomes.find(({ id }) => id === 'extension')?.detail).toMatch(/^work \(chromium\), extension \d/);
    expect(outcomes.find(({ id }) => id === 'handshake')?.detail).toMatch(
      /Chromium: host .*\nFirefox: host /,
    );
    // Whichever other tools are here, nothing is wrong with them.
    const skipped = outcomes
      .filter(({ id, result }) => result === 'skip' && id !== 'other-tools')
      .map(({ id }) => id);
    expect(skipped).toEqual(['system-trust', 'sandbox', 'policies', 'browser-variable']);
  });

  it.each(BREAKS)('$what', async ({ fails, says, next, breaks, mends }) => {
    const changes = await breaks(patient);
    const outcomes = await patient.examine(changes);
    expect(failing(outcomes)).toEqual(fails);
    const found = outcomes.filter(({ result }) => result === 'fail');
    expect(found.map(({ detail }) => detail).join('\n')).toMatch(says);
    expect(found.map((one) => one.next).join('\n')).toMatch(next);
    expect(found.every((one) => one.next !== undefined && one.next !== '')).toBe(true);
    if (!mends) return;
    const mended = await patient.examine(changes, true);
    expect(failing(mended)).toEqual([]);
    expect(mended.some(({ fixed }) => fixed !== undefined)).toBe(true);
  });

  it('names a page of AWS that awsher does not know, until it knows it', async () => {
    const look = async () => (await patient.examine()).find(({ id }) => id === 'pages');
    const decision = {
      id: 1,
      at: 1,
      kind: 'sign-in',
      session: 'corp',
      codeEnd: 'GH',
      command: 'awsher login',
    };
    const left = {
      ...decision,
      host: 'us-east-1.signin.aws/platform/…',
      act: 'left',
      reason: 'unknown-page',
    };
    patient.decisions.push(left);
    const found = await look();
    expect(found).toMatchObject({
      result: 'skip',
      detail: 'awsher does not know the page us-east-1.signin.aws/platform/…',
    });
    expect(found?.next).toContain('report it with "Copy page report", which the popup offers');
    patient.decisions.unshift({ ...left, id: 2, act: 'pressed-allow', reason: 'all-checks-passed' });
    expect((await look())?.result).toBe('ok');
    await patient.disconnect();
    expect((await look())?.detail).toBe('No connected browser reports which pages it saw.');
  });

  it('keeps what the config was', async () => {
    put(patient.paths.configFile, `\uFEFF${CONFIG}`);
    await patient.examine({}, true);
    expect(readFileSync(patient.paths.configFile, 'utf8')).toBe(CONFIG);
    const { undoConfig } = await import('../../../../native-host/base/files/config-undo.ts');
    expect((await undoConfig(patient.paths)).kind).toBe('restored');
    expect(readFileSync(patient.paths.configFile, 'utf8')).toBe(`\uFEFF${CONFIG}`);
    expect(inspectConfigFile(patient.paths.configFile).problems).toHaveLength(1);
  });

  it('mends what it can when something else of the same check cannot be mended', async () => {
    const { runDir } = patient.paths;
    chmodSync(runDir, 0o755);
    const pid = 4_194_305;
    const socket = join(runDir, `host-${pid}.sock`);
    put(join(runDir, `host-${pid}.json`), JSON.stringify({ ...hostRecord(patient), pid, socket }));
    // A folder in the place of its socket cannot be removed like a file.
    mkdirSync(socket);
    const outcomes = await patient.examine({}, true);
    expect(outcomes.find(({ id }) => id === 'sockets')).toMatchObject({
      result: 'ok',
      fixFailed: expect.stringMatching(/could not be fixed/),
    });
    expect(statSync(runDir).mode & 0o777).toBe(0o700);
  });

  it('removes what a host that was killed has left, its socket of any mode too', async () => {
    const { runDir } = patient.paths;
    const socket = join(runDir, 'host-4194305.sock');
    const code = `require('net').createServer().listen(process.argv[1],()=>process.kill(process.pid,'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', code, socket]);
    put(
      join(runDir, 'host-4194305.json'),
      JSON.stringify({ ...hostRecord(patient), pid: 4_194_305, socket }),
    );
    expect(statSync(socket).mode & 0o077).not.toBe(0);
    const seen = (await patient.examine()).find(({ id }) => id === 'sockets');
    expect(seen).toMatchObject({ result: 'fail', next: 'run `awsher doctor --fix`' });
    const mended = (await patient.examine({}, true)).find(({ id }) => id === 'sockets');
    expect(mended?.fixFailed).toBeUndefined();
    expect(mended?.result).toBe('ok');
    expect(existsSync(socket)).toBe(false);
  });

  it('has a test for every check', () => {
    const broken = new Set(BREAKS.flatMap(({ fails }) => fails));
    const elsewhere = ['sandbox', 'locale', 'system-trust', 'other-tools', 'pages'];
    expect([...broken, ...elsewhere].sort()).toEqual(CHECKS.map(({ id }) => id).sort());
  });
});

describe.runIf(process.platform === 'linux')('letters in paths', () => {
  it('are a failure in the C locale only', async () => {
    const other = await makePatient('Größe 家');
    try {
      const env = other.context().env;
      expect(failing(await other.examine())).toEqual(['locale']);
      expect(failing(await other.examine({ env: { ...env, LC_ALL: 'de_DE.UTF-8' } }))).toEqual([]);
    } finally {
      await other.remove();
    }
  });
});

describe('with everything broken', () => {
  it('every check is still listed, and says something with a next step', async () => {
    await patient.disconnect();
    const { paths } = patient;
    for (const path of [paths.awsDir, paths.stateDir, paths.dataDir]) {
      rmSync(path, { recursive: true, force: true });
      mkdirSync(dirname(path), { recursive: true });
      put(path, 'a file where a folder should be');
    }
    put(join(paths.home, '.config/chromium/NativeMessagingHosts', `${ids.host}.json`), '\0');
    const bug = () => {
      throw new Error('secret text of a bug');
    };
    const outcomes = await patient.examine(
      { talk: bug, probe: bug, output: bug, nodeVersion: 'x', packageRoot: undefined, now: bug },
      true,
    );
    expect(outcomes.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
    for (const { result, detail, next } of outcomes) {
      expect(detail).not.toBe('');
      expect(detail).not.toContain('secret text');
      if (result === 'fail') expect(next).toBeTruthy();
    }
    expect(failing(outcomes).length).toBeGreaterThan(4);
    expect(outcomes.find(({ id }) => id === 'sockets')?.detail).toMatch(/cannot be inspected \(ENOTDIR\)/);
  });
});

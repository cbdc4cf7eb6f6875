import { describe, expect, it } from 'vitest';
import { listenerOf } from '../../../../native-host/base/platform/port-listener.ts';

const NOW = 1_900_000_000_000;

/** Answers in the forms that lsof(8), ps(1) and PowerShell document. */
describe('on macOS', () => {
  const ask = (lsof: string, ps = '') =>
    listenerOf(51_234, {
      platform: 'darwin',
      uid: 501,
      now: NOW,
      run: async (program) => {
        if (program === '/bin/ps') return ps;
        if (program === '/usr/sbin/lsof') return lsof;
        throw new Error(`not by its whole path: ${program}`);
      },
    });

  it('reads lsof and ps', async () => {
    const path = '/Applications/Visual Studio Code.app/Contents/MacOS/Code Helper (Plugin)';
    expect(await ask('p4321\nu501\nf23\nn127.0.0.1:51234\n', ` 4321    01:02:03 ${path}\n`)).toEqual({
      own: true,
      loopback: true,
      processes: [{ pid: 4321, executable: path, startedAt: NOW - 3_723_000 }],
      since: null,
    });
  });

  it.each([
    ['nobody', '', null],
    ['another address', 'p1\nu501\nf3\nn192.168.1.2:51234\n', null],
    ['every address', 'p1\nu501\nf3\nn*:51234\n', { own: true, loopback: false }],
    ['another user', 'p1\nu502\nf3\nn127.0.0.1:51234\n', { own: false, loopback: true }],
    [
      'one of two is of another user',
      'p1\nu501\nf3\nn127.0.0.1:51234\np2\nu0\nf3\nn*:51234\n',
      { own: false },
    ],
    [
      'a process that is gone',
      'p1\nu501\nf3\nn127.0.0.1:51234\n',
      { processes: [{ pid: 1, executable: null }] },
    ],
  ])('%s', async (_name, lsof, expected) => {
    const found = await ask(lsof);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  it('takes a failing lsof for nobody', async () => {
    const run = () => Promise.reject(new Error('exit 1'));
    expect(await listenerOf(1, { platform: 'darwin', uid: 501, now: NOW, run })).toBeNull();
  });
});

describe('on Windows', () => {
  const row = {
    Address: '127.0.0.1',
    Pid: 4321,
    Age: 3_000,
    Own: true,
    Path: 'C:\\Program Files\\Amazon\\AWSCLIV2\\aws.exe',
    Started: 5_000,
  };
  const ask = (answer: string) =>
    listenerOf(51_234, {
      platform: 'win32',
      uid: -1,
      now: NOW,
      run: async (program) => {
        expect(program).toMatch(/^[A-Z]:\\.*\\powershell\.exe$/i);
        return answer;
      },
    });

  it('reads what PowerShell tells of socket and process', async () => {
    expect(await ask(JSON.stringify([row]))).toEqual({
      own: true,
      loopback: true,
      processes: [{ pid: 4321, executable: row.Path, startedAt: NOW - 5_000 }],
      since: NOW - 3_000,
    });
  });

  it.each([
    ['nobody', '[]', null],
    ['no answer', '\r\n', null],
    ['another address', JSON.stringify({ ...row, Address: '10.0.0.2' }), null],
    ['every address', JSON.stringify({ ...row, Address: '0.0.0.0' }), { loopback: false }],
    ['another user', JSON.stringify([{ ...row, Own: false }]), { own: false }],
    ['an owner that is not told', JSON.stringify([{ ...row, Own: null }]), { own: false }],
    [
      'a path that is not told',
      JSON.stringify([{ ...row, Path: null }]),
      { processes: [{ executable: null }] },
    ],
    ['the older of two sockets', JSON.stringify([row, { ...row, Age: 900_000 }]), { since: NOW - 900_000 }],
  ])('%s', async (_name, answer, expected) => {
    const found = await ask(answer);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  it('an answer that is none rejects', async () => {
    await expect(ask('Get-NetTCPConnection : not recognized')).rejects.toThrow();
  });
});

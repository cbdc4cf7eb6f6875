import { describe, expect, it } from 'vitest';
import { systemFolder, systemProgram } from '../../../../native-host/base/platform/system-program.ts';

describe('systemProgram', () => {
  it.each([
    ['reg.exe', { SystemRoot: 'D:\\WINNT' }, 'D:\\WINNT\\System32\\reg.exe'],
    ['netstat.exe', {}, 'C:\\Windows\\System32\\netstat.exe'],
    ['powershell.exe', {}, 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'],
    ['rundll32.exe', { SystemRoot: '' }, 'C:\\Windows\\System32\\rundll32.exe'],
  ] as const)('%s with %j is %s', (name, env, path) => {
    expect(systemProgram(name, env)).toBe(path);
  });

  it.each(['.', 'Windows', '..\\x', '\\Windows', '\\\\host\\share'])(
    'a SystemRoot of %s is none',
    (SystemRoot) => {
      expect(systemFolder({ SystemRoot })).toBe('C:\\Windows\\System32');
    },
  );
});

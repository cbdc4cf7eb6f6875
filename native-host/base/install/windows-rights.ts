import { spawnSync } from 'node:child_process';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { systemProgram } from '../platform/system-program.ts';

/** Owners and access lists of Windows' files, as installing for all users needs them. */
export interface Rights {
  /** The security descriptor (SDDL) of each path, in that order; undefined where it cannot be read. */
  read(paths: readonly string[]): (string | undefined)[];
  /** Gives a new folder to the administrators: they and the system may change it, every user may read. Throws INSTALL_FAILED. */
  close(folder: string): void;
}

/** The rights of this computer. SIDs instead of names, which every language of Windows has its own of. */
export const windowsRights: Rights = {
  read: (paths) => {
    const { stdout } = spawnSync(
      systemProgram('powershell.exe'),
      ['-NoProfile', '-NonInteractive', '-Command', READ],
      // Not as arguments: a path may hold anything that PowerShell reads as more than text.
      {
        encoding: 'utf8',
        windowsHide: true,
        timeout: 20_000,
        env: { ...process.env, AWSHER_PATHS: paths.join('\n') },
      },
    );
    const lines = (stdout ?? '').split(/\r?\n/);
    return paths.map((_, at) => lines[at] || undefined);
  },
  close: (folder) => {
    for (const args of closingArguments(folder)) {
      const { status } = spawnSync(systemProgram('icacls.exe'), args, { windowsHide: true, timeout: 10_000 });
      if (status === 0) continue;
      throw new AwsherError('INSTALL_FAILED', `${folder} could not be made private.`, {
        hint: 'run the command again in an administrator terminal',
      });
    }
  },
};

const READ =
  'foreach ($path in $env:AWSHER_PATHS -split "`n") { try { (Get-Acl -LiteralPath $path -ErrorAction Stop).Sddl } catch { \'\' } }';

const SYSTEM = 'S-1-5-18';
const ADMINISTRATORS = 'S-1-5-32-544';
const USERS = 'S-1-5-32-545';

/** What icacls.exe is to do with a folder, one run after the other: nothing inherited, its own list, its own owner. */
export function closingArguments(folder: string): string[][] {
  const grants = [`*${SYSTEM}:(OI)(CI)F`, `*${ADMINISTRATORS}:(OI)(CI)F`, `*${USERS}:(OI)(CI)RX`];
  return [
    [folder, '/inheritance:r', '/grant:r', ...grants],
    [folder, '/setowner', `*${ADMINISTRATORS}`],
  ];
}

/** May change what every user starts. The last is Windows' own installer; CO stands for whoever makes a file, and only these may. */
const TRUSTED = new Set([
  ...['SY', 'BA', 'CO', 'OW', SYSTEM, ADMINISTRATORS, 'S-1-3-0', 'S-1-3-4'],
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]);

/** [MS-DTYP] 2.4.3: to write, append, delete, or change who may. */
const CHANGES = 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000 | 0x2 | 0x4 | 0x10 | 0x40 | 0x100;
/** Of a folder further up only what lets somebody put another in the place of what is in it. New names beside it do no harm. */
const REPLACES = 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x40;

/** Names of rights in SDDL ([MS-DTYP] 2.5.1.1), as bits. */
const RIGHTS: Readonly<Record<string, number>> = {
  ...{ GA: 0x1000_0000, GX: 0x2000_0000, GW: 0x4000_0000, GR: 0x8000_0000 },
  ...{ RC: 0x2_0000, SD: 0x1_0000, WD: 0x4_0000, WO: 0x8_0000 },
  ...{ CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80, CR: 0x100 },
  ...{ FA: 0x1f_01ff, FR: 0x12_0089, FW: 0x12_0116, FX: 0x12_00a0 },
};

/**
 * Who besides the administrators owns a file or folder or may change it, as the rest of a sentence; undefined when nobody. `above`:
 * a folder further up than the one of the files. What cannot be read is taken for open. Pure.
 */
export function othersRights(sddl: string | undefined, above: boolean): string | undefined {
  const parts = /^O:([A-Z0-9-]+?)(?:G:[A-Z0-9-]+?)?D:([A-Z_]*)((?:\(.*?\))?)(?:S:.*)?$/.exec(sddl ?? '');
  if (!parts) return 'has permissions that cannot be read';
  const [, owner = '', flags = '', list = ''] = parts;
  if (!TRUSTED.has(owner)) return `belongs to ${owner}`;
  if (flags.includes('NO_ACCESS_CONTROL')) return 'can be written by anyone';
  for (const [, entry = ''] of list.matchAll(/\(([A-Z]+;[^()]*)/g)) {
    const [type = '', inheritance = '', rights = '', , , who = ''] = entry.split(';');
    const allows = ['A', 'OA', 'XA', 'ZA'].includes(type);
    // Further up, an entry that is only handed down says nothing of the folder itself.
    if (!allows || TRUSTED.has(who) || (above && inheritance.includes('IO'))) continue;
    if ((bitsOf(rights) & (above ? REPLACES : CHANGES)) !== 0) return `may be changed by ${who}`;
  }
  return undefined;
}

/** An unknown name counts as all rights. */
function bitsOf(rights: string): number {
  if (/^0x[0-9a-f]+$/i.test(rights)) return Number.parseInt(rights, 16) | 0;
  return (rights.match(/../g) ?? []).reduce((bits, name) => bits | (RIGHTS[name] ?? -1), 0);
}

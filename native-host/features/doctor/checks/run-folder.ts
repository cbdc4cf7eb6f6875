import { chmodSync, lstatSync, rmSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf } from '../../../base/files/file-errors.ts';
import { namesIn } from '../../../base/files/read-file.ts';
import { octal } from '../../../base/formats/octal.ts';
import { type HostRecord, readRecords, removeRecord } from '../../../base/link/run-folder.ts';
import { isAlive } from '../../../base/platform/alive.ts';
import { type Check, type Finding, fail, ok, shortPath, skip, together } from '../check.ts';
import { hostsFolder } from '../connected.ts';
import type { DoctorContext } from '../context.ts';

/** The folder of the local sockets: a real folder of this person's, closed to others; and nothing left of hosts that are gone. */
export const runFolderCheck: Check = {
  id: 'sockets',
  title: 'Local sockets',
  run(context) {
    const folder = hostsFolder(context);
    const stats = folderStats(folder);
    if (typeof stats === 'string') {
      return fail(
        `${shortPath(folder, context.paths.home)} cannot be inspected (${stats}).`,
        `look at \`ls -ld "${dirname(folder)}"\``,
      );
    }
    if (stats === undefined)
      return skip(`${shortPath(folder, context.paths.home)} is created when the first browser connects.`);
    const parts = [...leftovers(folder, context)];
    if (context.platform !== 'win32') parts.push(folderModes(folder, stats, context), ...socketModes(folder));
    return together([ok(shortPath(folder, context.paths.home)), ...parts]);
  },
};

/** Undefined when there is none; else what the system says against looking. */
function folderStats(folder: string): Stats | string | undefined {
  try {
    return lstatSync(folder, { throwIfNoEntry: false });
  } catch (thrown) {
    return errnoOf(thrown) ?? 'unknown reason';
  }
}

function folderModes(folder: string, stats: Stats, { machine, paths }: DoctorContext): Finding {
  const shown = shortPath(folder, paths.home);
  if (!stats.isDirectory()) return fail(`${shown} is not a folder.`, `remove it: \`rm "${folder}"\``);
  if (machine.uid !== undefined && stats.uid !== machine.uid) {
    return fail(
      `${shown} belongs to user ${stats.uid}, so awsher does not use it.`,
      `have it removed: \`sudo rm -r "${folder}"\``,
    );
  }
  if ((stats.mode & 0o077) === 0) return ok(shown);
  return fail(
    `${shown} is open to others (${octal(stats.mode)}), so awsher does not use it.`,
    `run \`chmod 700 "${folder}"\`, or \`awsher doctor --fix\``,
    () => {
      chmodSync(folder, 0o700);
      return `${shown} is now private`;
    },
  );
}

function socketModes(folder: string): Finding[] {
  // What a host that is gone has left goes as a whole.
  const left = new Set(gone(folder).map(({ pid }) => `host-${pid}.sock`));
  return namesIn(folder).flatMap((name) => {
    if (left.has(name)) return [];
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isSocket() || (stats.mode & 0o077) === 0) return [];
    const detail = `The socket ${name} is open to others (${octal(stats.mode)}).`;
    return fail(detail, `run \`chmod 600 "${path}"\`, or \`awsher doctor --fix\``, () => {
      chmodSync(path, 0o600);
      return `the socket ${name} is now private`;
    });
  });
}

function leftovers(folder: string, { platform }: DoctorContext): Finding[] {
  return gone(folder).map(({ pid, socket }) =>
    fail(`Process ${pid} ended and left its record.`, 'run `awsher doctor --fix`', () => {
      removeRecord(folder, pid);
      if (platform !== 'win32' && socket === join(folder, `host-${pid}.sock`))
        rmSync(socket, { force: true });
      return `what process ${pid} left behind was removed`;
    }),
  );
}

/** Records of hosts that do not run any more. */
const gone = (folder: string): HostRecord[] => readRecords(folder).filter(({ pid }) => !isAlive(pid));

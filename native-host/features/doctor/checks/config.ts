import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { resolveTarget, writeFileAtomic } from '../../../base/files/atomic-write.ts';
import { configLockName } from '../../../base/files/config-edit.ts';
import { inspectConfigFile } from '../../../base/files/config-file.ts';
import { withLock } from '../../../base/files/lock.ts';
import { saveVersion, sha256 } from '../../../base/files/undo-versions.ts';
import { remedyFor } from '../../../base/formats/check.ts';
import { readSharedConfig } from '../../../base/formats/profiles.ts';
import { type Check, type Finding, fail, inline, ok, shortPath, skip, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { oddLetters } from '../odd-letters.ts';
import { oddSections } from '../odd-sections.ts';
import { oddValues } from '../odd-values.ts';
import { isWholeAfterRepair, repairConfig } from '../repair-config.ts';
import { sessionRemarks } from '../session-remarks.ts';

/** Lines for which an SDK rejects the whole config or a profile, with file and line. */
export const config: Check = {
  id: 'config',
  title: 'AWS config readable by every SDK',
  run(context) {
    const { configFile, credentialsFile, home } = context.paths;
    const files = [configFile, credentialsFile].map((file) => fileFinding(file, context));
    if (files.some(({ result }) => result === 'fail')) return together(files);
    const inspected = [inspectConfigFile(configFile), inspectConfigFile(credentialsFile)] as const;
    const shared = readSharedConfig(...inspected);
    const odd = [
      ...inspected.flatMap((one) => oddLetters(one, home)),
      ...oddSections(...inspected, home),
      ...oddValues(shared, home),
    ];
    const remarks = sessionRemarks(shared, context.env);
    return together([...files, ...odd, ...remarks]);
  },
};

function fileFinding(file: string, context: DoctorContext): Finding {
  const { home } = context.paths;
  const { exists, problems, text } = inspectConfigFile(file);
  if (!exists) return skip(`${shortPath(file, home)} does not exist yet.`);
  if (problems.length === 0) return ok(shortPath(file, home));
  const detail = problems
    .slice(0, 10)
    .map(({ line, message }) => inline(`${shortPath(file, home)}, line ${line}: ${message}`))
    .join('\n');
  const fixable = text !== '' && isWholeAfterRepair(text);
  const edits = problems.slice(0, 10).map((problem) => remedyFor(problem, file).replaceAll(`${home}/`, '~/'));
  if (!fixable) return fail(detail, edits.join('\n'));
  return fail(detail, `run \`awsher doctor --fix\`, or ${edits[0]}`, () => repair(file, context));
}

async function repair(file: string, { paths, now }: DoctorContext): Promise<string> {
  const target = resolveTarget(file);
  const shown = shortPath(file, paths.home);
  return withLock(paths, configLockName(target), () => {
    const { text: before } = inspectConfigFile(target);
    const after = repairConfig(before);
    if (after === before) return `${shown} was fixed in the meantime`;
    if (!isWholeAfterRepair(before)) {
      throw new AwsherError('CONFIG_INVALID', `${shown} has lines that only you can fix.`);
    }
    saveVersion(paths, target, { before, afterSha256: sha256(after), atMs: now() });
    writeFileAtomic(target, after, { keepMode: true });
    return `${shown} was fixed; the earlier version is in ${shortPath(paths.stateDir, paths.home)}/undo`;
  });
}

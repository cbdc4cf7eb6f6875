import type { Machine } from '../../../base/install/machine.ts';
import { systemInstallation, untrusted } from '../../../base/install/system-trust.ts';
import { type Check, type Finding, fail, inline, ok, skip } from '../check.ts';

/** What is installed for all users: nobody but the administrator may be able to change what every browser starts. */
export const systemTrust: Check = {
  id: 'system-trust',
  title: 'Installation for all users',
  run: ({ machine }) => lookAtSystem(machine),
};

export function lookAtSystem(machine: Machine): Finding {
  const installed = systemInstallation(machine);
  if (installed.length === 0) return skip('awsher is not installed for all users.');
  const open = untrusted(machine, installed);
  if (open.length === 0) return ok('Only the administrator can change what it starts');
  const shown = open.slice(0, 3).map(({ path, why }) => `${inline(path)} ${inline(why)}.`);
  const others = open.length > 3 ? [`${open.length - 3} more have the same problem.`] : [];
  return fail(
    [...shown, ...others].join('\n'),
    machine.system === 'win32'
      ? 'run `awsher uninstall --system`, remove that folder, and run `awsher install --system` as administrator'
      : `run \`sudo chown root:root "${open[0]?.path}"\` and \`sudo chmod go-w "${open[0]?.path}"\`, or install awsher and Node where only root may write, then \`sudo awsher install --system\``,
  );
}

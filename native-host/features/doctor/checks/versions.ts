import { join } from 'node:path';
import { otherProtocol, PROTOCOL } from '../../../../shared/protocol/version.ts';
import { readTail } from '../../../base/files/read-file.ts';
import { isNewer } from '../../../base/link/versions.ts';
import { type Check, type Finding, fail, inline, ok, together } from '../check.ts';
import { contactHosts } from '../connected.ts';
import type { DoctorContext } from '../context.ts';
import { shakeHands } from '../launcher-run.ts';
import { waysIn } from './handshake.ts';

/** Command, installed host, running hosts and extensions: of one protocol, and the host not an older one. */
export const versions: Check = {
  id: 'versions',
  title: 'Versions',
  async run(context) {
    const running = (await contactHosts(context)).flatMap((contact) =>
      contact.kind === 'greeted' ? runningHost(contact, context) : [],
    );
    const own = ok(`awsher ${context.version}, protocol ${PROTOCOL.newest}`);
    return together([own, ...(await installedHosts(context)), ...running, ...refusedExtension(context)]);
  },
};

async function installedHosts(context: DoctorContext): Promise<Finding[]> {
  const shakes = await Promise.all(
    waysIn(context).map(({ program, args }) => shakeHands(program, args, context)),
  );
  return shakes.flatMap((shake) => {
    // That it does not answer at all is another check's subject.
    if (shake.kind !== 'greeted' || shake.version === context.version) return [];
    const detail = `The browser starts awsher ${inline(shake.version)}, and this command is ${context.version}.`;
    return isNewer(shake.version, context.version)
      ? fail(detail, 'a newer awsher is also installed: update this one, or remove it')
      : fail(detail, 'run `awsher install`, then restart the browser');
  });
}

interface Greeted {
  readonly version: string;
  readonly other: 'older' | 'newer' | null;
  readonly browser: string;
}

function runningHost({ version, other, browser }: Greeted, context: DoctorContext): Finding[] {
  if (other === null && !isNewer(context.version, version)) return [];
  const name = inline(browser);
  if (isNewer(version, context.version)) {
    return [fail(`${name} runs awsher ${inline(version)}, which is newer.`, 'update the awsher command')];
  }
  return [fail(`${name} still runs awsher ${inline(version)}.`, `restart ${name}`)];
}

const HELLO = /hello from (\S+) (\S+), protocol (\d+)(?: from (\d+))?$/;
const LOG_TAIL = 16 * 1024;

/** An extension of another protocol gets no connection; only the host's log knows of it. The last hello counts. */
function refusedExtension({ paths }: DoctorContext): Finding[] {
  const hellos = readTail(join(paths.stateDir, 'host.log'), LOG_TAIL)
    .split('\n')
    .map((line) => HELLO.exec(line))
    // Doctor's own greeting is in the log too.
    .filter((match) => match !== null && match[1] !== 'doctor');
  const [, browser, version, protocol, oldest] = hellos.at(-1) ?? [];
  const other =
    protocol && otherProtocol({ protocol: Number(protocol), oldest: oldest ? Number(oldest) : undefined });
  if (!other) return [];
  const detail = `The extension in ${inline(browser ?? '')} is version ${inline(version ?? '')} with protocol ${protocol}; this command speaks ${PROTOCOL.newest}.`;
  return [
    other === 'older'
      ? fail(detail, "update the extension on the browser's extensions page")
      : fail(detail, 'update the command: `npm install -g awsher`, then `awsher install`'),
  ];
}

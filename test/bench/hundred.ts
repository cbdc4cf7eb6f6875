import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostPids } from '../support/home-files.ts';
import { openStage, type Stage } from '../support/stage.ts';
import type { Row } from './measure.ts';

const SIGN_INS = 100;
const SOON = 20;
/** awsher presses no more than 30 buttons in a minute, two for each sign-in. */
const IN_A_MINUTE = 15;

interface Size {
  storage: number;
  hostKb: number;
  descriptors: number;
  tabs: number;
}

/** A hundred sign-ins in one browser: what is over is let go. */
export async function hundred(): Promise<Row[]> {
  const stage = await openStage();
  try {
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    await stage.browser.extension();
    let early: Size | null = null;
    for (let count = 1; count <= SIGN_INS; count++) {
      if (count > 1 && count % IN_A_MINUTE === 1) await new Promise((resolve) => setTimeout(resolve, 61_000));
      const { code, stderr } = await stage.awsher('login', ...stage.corp, '--force');
      if (code !== 0) throw new Error(stderr);
      if (count === SOON) early = await sizeOf(stage);
    }
    const late = await sizeOf(stage);
    const pair = (key: keyof Size, unit: string) => `${early?.[key]} → ${late[key]}${unit}`;
    return [
      {
        what: `${SOON} → ${SIGN_INS} sign-ins in one browser`,
        figure: `storage.session ${pair('storage', ' bytes')}, host ${pair('hostKb', ' kB')}, ${pair('descriptors', ' descriptors')}, ${pair('tabs', ' tabs')}`,
        bar: 'flat',
        holds:
          early !== null &&
          late.storage < early.storage * 1.1 &&
          late.hostKb < early.hostKb * 1.15 &&
          late.descriptors <= early.descriptors + 2 &&
          late.tabs === early.tabs,
      },
    ];
  } finally {
    await stage.close();
  }
}

async function sizeOf({ browser, home }: Stage): Promise<Size> {
  const { worker } = await browser.extension();
  const storage = await worker.evaluate(() => chrome.storage.session.getBytesInUse(null));
  const [host = 0] = hostPids(home);
  const proc = join('/proc', String(host));
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(join(proc, 'status'), 'utf8'))?.[1];
  return {
    storage,
    hostKb: Number(kilobytes),
    descriptors: readdirSync(join(proc, 'fd')).length,
    tabs: browser.context.pages().length,
  };
}

/** A document of the extension that no script of its own runs in, which tells nobody anything and wakes no background. */
export const EAR = 'LICENSES.txt';

/** That document, whichever browser it is in. */
interface Ear {
  evaluate<Result>(inPage: (part: string) => Promise<Result>, part: string): Promise<Result>;
}

/** What awsher has done with the page in a tab: `left`, or `pressed` its button; `gone` when nothing of awsher is in it. */
export type Judged = 'left' | 'pressed' | 'gone';

/**
 * What awsher makes of the page whose address has `part` in it, from what is known now: it is told to look again, and once
 * more. A page reports again only when its last report was answered and the answer was obeyed, and a document of the
 * extension hears each report and each press; so that with the third report, the second was judged after this call and came
 * to nothing.
 */
export async function judged(ear: Ear, part: string): Promise<Judged> {
  const end = await ear.evaluate(lookAgain, part);
  if (end === null) throw new Error(`no tab at ${part}, or its page reports nothing`);
  return end;
}

async function lookAgain(part: string): Promise<Judged | null> {
  const { tabs, runtime } = chrome;
  const find = async () => (await tabs.query({})).find(({ url }) => url?.includes(part));
  const id = (await find())?.id;
  if (id === undefined) return null;
  let reports = 0;
  let pressed = false;
  let heard = () => {};
  const hear = (message: unknown, { tab }: chrome.runtime.MessageSender) => {
    if (tab?.id !== id || typeof message !== 'object' || message === null) return;
    const type = Reflect.get(message, 'type');
    if (type === 'page.seen') reports += 1;
    if (type === 'page.pressed' && Reflect.get(message, 'outcome') === 'clicked') pressed = true;
    heard();
  };
  runtime.onMessage.addListener(hear);
  try {
    for (let wanted = 1; wanted <= 3 && !pressed; wanted += 1) {
      const next = new Promise<void>((resolve) => {
        heard = () => void ((pressed || reports >= wanted) && resolve());
      });
      try {
        await tabs.sendMessage(id, { do: 'look' });
      } catch {
        return 'gone';
      }
      if (reports < wanted) await next;
    }
    return pressed ? 'pressed' : 'left';
  } finally {
    runtime.onMessage.removeListener(hear);
  }
}

/** Closes the tab whose address has `part` in it. */
export async function closeTab(ear: Ear, part: string): Promise<void> {
  await ear.evaluate(async (at) => {
    const { tabs } = chrome;
    for (const { id, url } of await tabs.query({})) if (id && url?.includes(at)) await tabs.remove(id);
  }, part);
}

/** A document of the extension in which no script of its own runs: it tells nobody anything and wakes no background. */
export const EAR = 'LICENSES.txt';

/** That document, whichever browser it is in. */
export interface Ear {
  evaluate<Result>(inPage: (part: string) => Promise<Result>, part: string): Promise<Result>;
}

/** What awsher has done with the page in a tab: `left`, or `pressed` its button; `gone` when nothing of awsher is in it. */
export type Judged = 'left' | 'pressed' | 'gone';

/** What awsher made of the page in a tab, and what of the page it was told last. */
export interface Look {
  judged: Judged;
  report: { tabId: number; address: string; frameId: number; lifecycle: string; reading: unknown } | null;
}

/**
 * What awsher makes of the pages whose address has `part` in it, from what is known now: each is told to look again until it
 * has reported three times. A page reports again only when its last report was answered and the answer was obeyed, and a
 * document of the extension hears each report and each press; so that with the third report, the second was judged after this
 * call and came to nothing.
 */
export async function judged(ear: Ear, part: string): Promise<Judged[]> {
  return (await looks(ear, part)).map((look) => look.judged);
}

/** The same, with what it was made of. */
export function looks(ear: Ear, part: string): Promise<Look[]> {
  return ear.evaluate(async (wanted) => {
    const { tabs, runtime } = chrome;
    const deadline = Date.now() + 60_000;
    const judge = async ({ id = -1, url }: chrome.tabs.Tab): Promise<Look> => {
      let reports = 0;
      let pressed = false;
      let report: Look['report'] = null;
      let heard = () => {};
      const hear = (message: unknown, sender: chrome.runtime.MessageSender) => {
        const { tab, frameId = -1, documentLifecycle: lifecycle = 'unsupported' } = sender;
        if (tab?.id !== id || typeof message !== 'object' || message === null) return;
        const type = Reflect.get(message, 'type');
        if (type === 'page.seen') {
          reports += 1;
          const reading: unknown = Reflect.get(message, 'reading');
          report = { tabId: id, address: tab.url ?? '', frameId, lifecycle, reading };
        }
        if (type === 'page.pressed' && Reflect.get(message, 'outcome') === 'clicked') pressed = true;
        heard();
      };
      runtime.onMessage.addListener(hear);
      try {
        for (let count = 1; count <= 3 && !pressed; count += 1) {
          while (reports < count && !pressed) {
            if (Date.now() > deadline) throw new Error(`${url} reports nothing`);
            const isThere = await tabs.sendMessage(id, { do: 'look' }).then(
              () => true,
              () => false,
            );
            if (!isThere) return { judged: pressed ? 'pressed' : 'gone', report };
            // A page that has gone on meanwhile is asked again, and is found to be gone.
            if (reports < count && !pressed)
              await new Promise<void>((resolve) => {
                heard = resolve;
                setTimeout(resolve, 1_000);
              });
          }
        }
        return { judged: pressed ? 'pressed' : 'left', report };
      } finally {
        runtime.onMessage.removeListener(hear);
      }
    };
    const about = (await tabs.query({})).filter(({ url }) => url?.startsWith('http') && url.includes(wanted));
    return Promise.all(about.map(judge));
  }, part);
}

/** Closes the tab whose address has `part` in it. */
export async function closeTab(ear: Ear, part: string): Promise<void> {
  await ear.evaluate(async (wanted) => {
    const { tabs } = chrome;
    for (const { id, url } of await tabs.query({})) if (id && url?.includes(wanted)) await tabs.remove(id);
  }, part);
}

/** What the background keeps in the session, as it is stored. */
export function keptState(ear: Ear): Promise<unknown> {
  return ear.evaluate(async (key) => (await chrome.storage.session.get(key))[key], 'state');
}

import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A person's passkey on this computer, at hand in every tab. */
export interface Passkey {
  /** Resolves when a tab can be asked for the passkey; a page that asks before that waits for ever. */
  ready(page: Page): Promise<void>;
}

type Credential = Awaited<ReturnType<typeof readCredentials>>[number];

/**
 * Enrols a passkey at `enrolUrl` in Chromium's own WebAuthn stack and keeps it at hand in all tabs of the context,
 * those that open later too. Chromium's virtual authenticators belong to one tab each, so each tab gets a copy, and
 * every use in one tab raises the counter of the copies in the others.
 */
export async function createPasskey(context: BrowserContext, enrolUrl: string): Promise<Passkey> {
  const tabs = new Map<Page, Promise<{ cdp: CDPSession; authenticatorId: string }>>();
  let credential: Credential | null = null;

  const equip = (page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> => {
    const known = tabs.get(page);
    if (known !== undefined) return known;
    const equipped = addAuthenticator(page).then(async (tab) => {
      if (credential !== null) await tab.cdp.send('WebAuthn.addCredential', { ...tab, ...copy(credential) });
      tab.cdp.on('WebAuthn.credentialAsserted', ({ credential: used }) => void spread(used, page));
      return tab;
    });
    // A tab may close while it is being equipped; whoever waits for it gets the error.
    equipped.catch(() => {});
    tabs.set(page, equipped);
    page.once('close', () => tabs.delete(page));
    return equipped;
  };

  const spread = async (used: Credential, usedIn: Page) => {
    credential = used;
    for (const [page, tab] of tabs) {
      if (page === usedIn) continue;
      // One that closes meanwhile needs no copy.
      await tab
        .then(async ({ cdp, authenticatorId }) => {
          await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
          await cdp.send('WebAuthn.addCredential', { authenticatorId, ...copy(used) });
        })
        .catch(() => {});
    }
  };

  const page = await context.newPage();
  const { cdp, authenticatorId } = await equip(page);
  await page.goto(enrolUrl);
  await page.click('#create-passkey');
  await page.waitForSelector('html[data-enrolled="true"]', { state: 'attached' });
  credential = (await readCredentials(cdp, authenticatorId))[0] ?? null;
  if (credential === null) throw new Error('the authenticator holds no credential');
  await page.close();

  context.on('page', (opened) => void equip(opened).catch(() => {}));
  await Promise.all(context.pages().map(equip));
  return { ready: async (tab) => void (await equip(tab)) };
}

async function addAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

async function readCredentials(cdp: CDPSession, authenticatorId: string) {
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  return credentials;
}

/** A copy that counts on from where the last use ended: a server refuses a counter that went back. */
function copy(credential: Credential): { credential: Credential } {
  return { credential: { ...credential, signCount: credential.signCount + 1 } };
}

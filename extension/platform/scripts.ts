import { api } from './api.ts';

/**
 * The content script of the manifest, on pages for which the person may give a permission after the installation. Firefox names
 * its files by their whole address, and takes none to register.
 */
const files = (): string[] =>
  (api.runtime.getManifest().content_scripts?.[0]?.js ?? []).map((file) =>
    new URL(file, api.runtime.getURL('')).pathname.slice(1),
  );

/** From now on pages that match get the content script, as far as the browser lets awsher see them. Once is enough. */
export async function readPagesOf(id: string, matches: string[]): Promise<void> {
  const known = await api.scripting.getRegisteredContentScripts({ ids: [id] });
  if (known.length > 0) return;
  await api.scripting.registerContentScripts([
    { id, matches, js: files(), runAt: 'document_start', allFrames: false, persistAcrossSessions: true },
  ]);
}

/** The same for the page that a tab shows already. A page that awsher may not see is no error. */
export async function readPageIn(tabId: number): Promise<void> {
  try {
    await api.scripting.executeScript({ target: { tabId }, files: files() });
  } catch {
    // Not permitted, gone, or the browser's own page.
  }
}

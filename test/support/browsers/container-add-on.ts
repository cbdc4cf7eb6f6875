import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes an add-on for Firefox that opens `ext+container:` addresses as the public ones do: in the container of that name,
 * made if there is none, without a question of its own.
 */
export async function writeContainerAddOn(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 2,
    name: 'containers',
    version: '1',
    permissions: ['contextualIdentities', 'cookies'],
    protocol_handlers: [{ protocol: 'ext+container', name: 'Containers', uriTemplate: '/opener.html#%s' }],
    browser_specific_settings: { gecko: { id: 'containers@example.com' } },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'opener.html'), '<!doctype html><script src="opener.js"></script>');
  await writeFile(join(folder, 'opener.js'), OPENER);
}

/** The script of the add-on's page, as text: Firefox' API has no types here. */
const OPENER = `(async () => {
  const address = decodeURIComponent(location.hash.slice(1));
  const asked = new URLSearchParams(address.replace(/^ext\\+container:/, ''));
  const name = asked.get('name');
  const [known] = await browser.contextualIdentities.query({ name });
  const color = asked.get('color') ?? 'toolbar';
  const { cookieStoreId } =
    known ?? (await browser.contextualIdentities.create({ name, color, icon: asked.get('icon') }));
  await browser.tabs.create({ url: asked.get('url'), cookieStoreId });
  await browser.tabs.remove((await browser.tabs.getCurrent()).id);
})();
`;

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the smallest extension that shows whether extensions work here: its script marks every portal page. */
export async function writeProbeExtension(folder: string, family: 'chromium' | 'firefox'): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'probe',
    version: '1',
    background: family === 'chromium' ? { service_worker: 'worker.js' } : { scripts: ['worker.js'] },
    host_permissions: ['https://oidc.us-east-1.amazonaws.com/*', 'https://*.awsapps.com/*'],
    content_scripts: [{ matches: ['https://*.awsapps.com/*'], js: ['content.js'] }],
    ...(family === 'firefox' ? { browser_specific_settings: { gecko: { id: 'probe@example.com' } } } : {}),
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'worker.js'), 'self.addEventListener("install", () => {});');
  await writeFile(join(folder, 'content.js'), 'document.documentElement.dataset.extension = "here";');
}

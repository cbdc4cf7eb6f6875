import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the smallest extension for Chromium that shows whether extensions work here: its script marks every portal page. */
export async function writeProbeExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'probe',
    version: '1',
    background: { service_worker: 'worker.js' },
    host_permissions: ['https://oidc.us-east-1.amazonaws.com/*', 'https://*.awsapps.com/*'],
    content_scripts: [{ matches: ['https://*.awsapps.com/*'], js: ['content.js'] }],
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'worker.js'), 'self.addEventListener("install", () => {});');
  await writeFile(join(folder, 'content.js'), 'document.documentElement.dataset.extension = "here";');
}

import ids from '../../../manifests/ids.json';
import type { Browser } from './browsers-table.ts';

export const HOST_NAME: string = ids.host;

/**
 * The host manifest of a browser family as text. Firefox rejects the whole file for one key that it does not know,
 * and Chromium wants the trailing slash, so the two never share a file.
 */
export function hostManifest(family: Browser['family'], launcher: string): string {
  const manifest = {
    name: HOST_NAME,
    description: 'awsher: signs the terminal in to AWS through this browser',
    path: launcher,
    type: 'stdio',
    ...(family === 'chromium'
      ? { allowed_origins: ids.chromium.map((id) => `chrome-extension://${id}/`) }
      : { allowed_extensions: [ids.firefox] }),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

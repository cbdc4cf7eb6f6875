import { api } from './api.ts';

/**
 * Host permissions. They are granted with the installation, but a person may take each of them back at any time
 * (Firefox: "Permissions" of the add-on; Chromium: "Site access"), and a region newer than the manifest has none.
 */

/** Every match pattern that the manifest asks for. */
export const allHosts = (): string[] => api.runtime.getManifest().host_permissions ?? [];

/** Those of the match patterns that this extension may not use now. */
export async function missingHosts(patterns: readonly string[]): Promise<string[]> {
  const unique = [...new Set(patterns)];
  if (unique.length === 0 || (await api.permissions.contains({ origins: unique }))) return [];
  const held = await Promise.all(unique.map((pattern) => api.permissions.contains({ origins: [pattern] })));
  return unique.filter((_, index) => !held[index]);
}

/** Asks the person. Only in the very task of a click: after any wait the browser refuses. `false`: not granted. */
export async function requestHosts(patterns: readonly string[]): Promise<boolean> {
  try {
    return await api.permissions.request({ origins: [...patterns] });
  } catch {
    return false;
  }
}

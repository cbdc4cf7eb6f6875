import { api } from './api.ts';

/** Version of the extension, from its manifest. */
export const version = (): string => api.runtime.getManifest().version;

/** Whether commands are typed into a shell of Windows. */
export const onWindows = (): boolean => /Windows/.test(navigator.userAgent);

/** Whether this browser's tabs can have cookies of their own (Firefox' containers). */
export const hasContainers = (): boolean => browserName() === 'firefox';

/** Which browser this is, by the names of `manifests/browsers.json`; Chromium forks that hide are `chromium`. */
export function browserName(): string {
  const brands =
    (Reflect.get(navigator, 'userAgentData') as { brands?: { brand: string }[] } | undefined)?.brands ?? [];
  const known: readonly [RegExp, string][] = [
    [/Microsoft Edge/, 'edge'],
    [/Brave/, 'brave'],
    [/Opera/, 'opera'],
    [/Vivaldi/, 'vivaldi'],
    [/Yandex|YaBrowser/, 'yandex'],
    [/Google Chrome/, 'chrome'],
  ];
  const name = known.find(([pattern]) => brands.some(({ brand }) => pattern.test(brand)))?.[1];
  if (name) return name;
  return /Firefox\//.test(navigator.userAgent) ? 'firefox' : 'chromium';
}

import { api } from './api.ts';

/** Version of the extension, from its manifest. */
export const version = (): string => api.runtime.getManifest().version;

/** Whether commands are typed into a shell of Windows. */
export const onWindows = (): boolean => /Windows/.test(navigator.userAgent);

/** Whether this browser's tabs can have cookies of their own (Firefox' containers). */
export const hasContainers = (): boolean => browserName() === 'firefox';

/** Whether content scripts hear where a page is about to go (Navigation API: Chromium 102, Firefox 147). */
export const hearsNavigation = (): boolean => browserName() !== 'firefox' || 'navigation' in globalThis;

/** Which browser this is, by the names of `manifests/browsers.json`; Chromium forks that hide are `chromium`. */
export function browserName(): string {
  const brands = brandsOf(Reflect.get(navigator, 'userAgentData'));
  const known: readonly [RegExp, string][] = [
    [/Microsoft Edge/, 'edge'],
    [/Brave/, 'brave'],
    [/Opera/, 'opera'],
    [/Vivaldi/, 'vivaldi'],
    [/Yandex|YaBrowser/, 'yandex'],
    [/Google Chrome/, 'chrome'],
  ];
  const name = known.find(([pattern]) => brands.some((brand) => pattern.test(brand)))?.[1];
  if (name) return name;
  return /Firefox\//.test(navigator.userAgent) ? 'firefox' : 'chromium';
}

/** The names in `navigator.userAgentData`, which not every browser has and no type library tells of. */
function brandsOf(data: unknown): string[] {
  const field = (of: unknown, name: string): unknown =>
    typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
  const brands = field(data, 'brands');
  if (!Array.isArray(brands)) return [];
  return brands.map((one: unknown) => field(one, 'brand')).filter((brand) => typeof brand === 'string');
}

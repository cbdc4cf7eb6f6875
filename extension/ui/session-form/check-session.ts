import { isRegionShaped, nearestRegion, partitionOf } from '../../../shared/aws/regions.ts';
import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { suggestName } from '../../../shared/aws/session-name.ts';
import { parseStartUrl } from '../../../shared/aws/start-url.ts';
import { MAX_NAME } from '../../../shared/limits.ts';
import type { PlainKey } from '../i18n.ts';

/** What a person typed to add a session. */
export interface Draft {
  name: string;
  startUrl: string;
  region: string;
}

/** What is wrong with one field, as a text; `near` is the region that was probably meant. */
export type FieldError = { text: PlainKey; near?: undefined } | { text: 'errorRegionNear'; near: string };
export type DraftErrors = { [K in keyof Draft]?: FieldError };

/** Every fault of a draft by its field; none when it can be added. `taken` are the names that exist already. */
export function checkDraft(draft: Draft, taken: readonly string[]): DraftErrors {
  const errors: DraftErrors = {};
  const name = checkName(draft.name.trim(), taken);
  const startUrl = checkStartUrl(draft.startUrl.trim());
  const region = checkRegion(draft.region.trim());
  if (name) errors.name = name;
  if (startUrl) errors.startUrl = startUrl;
  if (region) errors.region = region;
  return errors;
}

/**
 * The draft as it will be stored: named after its portal where it has no name, and with `region` null where that is to be
 * found out. Throws `START_URL_INVALID` for what `checkDraft` would have refused.
 */
export function readyDraft(
  draft: Draft,
  taken: readonly string[],
): Omit<Draft, 'region'> & { region: string | null } {
  const startUrl = parseStartUrl(draft.startUrl);
  return {
    name: draft.name.trim() || suggestName(startUrl, taken),
    startUrl,
    region: draft.region.trim().toLowerCase() || null,
  };
}

function checkName(name: string, taken: readonly string[]): FieldError | null {
  if (!name) return null;
  if (!isSafeName(name)) return { text: 'errorNameCharacters' };
  if (name.length > MAX_NAME) return { text: 'errorNameLong' };
  return taken.includes(name) ? { text: 'errorNameTaken' } : null;
}

function checkStartUrl(startUrl: string): FieldError | null {
  if (!startUrl) return { text: 'errorUrlEmpty' };
  if (/^http:/i.test(startUrl)) return { text: 'errorUrlHttps' };
  try {
    parseStartUrl(startUrl);
    return null;
  } catch {
    return { text: 'errorUrl' };
  }
}

function checkRegion(typed: string): FieldError | null {
  const region = typed.toLowerCase();
  // Nothing typed: awsher finds it out.
  if (!region || partitionOf(region)) return null;
  const near = nearestRegion(region);
  if (near) return { text: 'errorRegionNear', near };
  // AWS opens regions faster than extensions are updated: what has the form of one may be one.
  return isRegionShaped(region) ? null : { text: 'errorRegion' };
}

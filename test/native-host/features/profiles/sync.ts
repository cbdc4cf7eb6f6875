import { checkDocument } from '../../../../native-host/base/formats/check.ts';
import { parseIni, serializeIni } from '../../../../native-host/base/formats/ini-document.ts';
import { editIni } from '../../../../native-host/base/formats/ini-edit.ts';
import { assertOnlyEdited } from '../../../../native-host/base/formats/ini-guard.ts';
import { PROFILES_BLOCK } from '../../../../native-host/base/formats/owned-block.ts';
import {
  planSync,
  type SyncPlan,
  type SyncWishes,
} from '../../../../native-host/features/profiles/sync-plan.ts';
import {
  DEFAULT_TEMPLATE,
  parseTemplate,
} from '../../../../native-host/features/settings/profile-template.ts';
import type { Catalogue } from '../../../../shared/catalogue/catalogue.ts';

export const SESSION =
  '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n';

export interface Synced {
  text: string;
  plan: SyncPlan;
  /** Its new profiles, by name. */
  fates: Record<string, string>;
}

/** What `profiles sync` makes of a config; undefined where awsher refuses the file. */
export function synced(
  text: string,
  catalogue: Catalogue,
  wishes: Partial<SyncWishes> & { templateText?: string } = {},
  credentials = '',
): Synced {
  const template = parseTemplate(wishes.templateText ?? DEFAULT_TEMPLATE);
  const all = { template, accounts: [], roles: [], include: [], exclude: [], prune: false, ...wishes };
  const document = parseIni(text);
  const config = { file: 'config', document };
  const plan = planSync(catalogue, all, {
    config,
    credentials: { file: 'credentials', document: parseIni(credentials) },
  });
  const after = editIni(document, plan.edits, PROFILES_BLOCK);
  assertOnlyEdited(document, after, plan.edits);
  const fates = Object.fromEntries(plan.profiles.map(({ name, fate }) => [name, fate]));
  return { text: serializeIni(after), plan, fates };
}

/** The same, undefined for a config that awsher refuses to edit. */
export function syncedUnlessRefused(
  text: string,
  catalogue: Catalogue,
  wishes: Partial<SyncWishes> & { templateText?: string } = {},
  credentials = '',
): Synced | undefined {
  if (checkDocument(parseIni(text)).length > 0) return undefined;
  try {
    return synced(text, catalogue, wishes, credentials);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'CONFIG_INVALID') return undefined;
    throw thrown;
  }
}

/** A config without awsher's block. */
export function outsideOf(text: string): string {
  const begin = text.indexOf(PROFILES_BLOCK.begin);
  const end = text.indexOf(PROFILES_BLOCK.end);
  return begin === -1 ? text : text.slice(0, begin) + text.slice(end + PROFILES_BLOCK.end.length);
}

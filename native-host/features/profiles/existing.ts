import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import type { Catalogue } from '../../../shared/catalogue/catalogue.ts';
import { findBlock, PROFILES_BLOCK } from '../../base/formats/owned-block.ts';
import {
  type ConfigSection,
  readSharedConfig,
  type SourceFile,
  textValue,
} from '../../base/formats/profiles.ts';
import { parseHeader } from '../../base/formats/section-id.ts';

/** One text per role of an account, as a key of a map. */
export function pairKey(accountId: string, role: string): string {
  return `${accountId} ${role}`;
}

/** The profiles that a config has for one session. */
export interface Existing {
  /** By account and role; several when the person copied one. */
  readonly owned: ReadonlyMap<string, readonly ConfigSection[]>;
  /** Names of the person's own, by account and role. */
  readonly adopted: ReadonlyMap<string, string>;
  /** Why a name can't be given; undefined when it can. */
  readonly taken: (name: string) => 'taken' | 'keys' | undefined;
}

/** Throws CONFIG_INVALID for a block of awsher's that is not whole. */
export function existingProfiles(
  { session, startUrl }: Pick<Catalogue, 'session' | 'startUrl'>,
  { config, credentials }: { readonly config: SourceFile; readonly credentials: SourceFile },
): Existing {
  const block = findBlock(config.document, PROFILES_BLOCK);
  const inBlock = new Set<string>();
  for (const { header } of block?.sections ?? []) {
    const id = parseHeader(header);
    if (id?.type === 'profile') inBlock.add(id.name);
  }
  const portal = comparableStartUrl(startUrl);
  const owned = new Map<string, ConfigSection[]>();
  const adopted = new Map<string, string>();
  const { profiles } = readSharedConfig(config, credentials);
  for (const section of profiles.values()) {
    const accountId = textValue(section, 'sso_account_id');
    const role = textValue(section, 'sso_role_name');
    if (accountId === undefined || role === undefined) continue;
    const key = pairKey(accountId, role);
    const named = textValue(section, 'sso_session');
    if (named === session && inBlock.has(section.name)) {
      const same = owned.get(key);
      if (same === undefined) owned.set(key, [section]);
      else same.push(section);
      continue;
    }
    const url = textValue(section, 'sso_start_url');
    const isOfPortal = named === undefined && url !== undefined && comparableStartUrl(url) === portal;
    if ((named === session || isOfPortal) && !hasOtherSource(section) && !adopted.has(key))
      adopted.set(key, section.name);
  }
  return {
    owned,
    adopted,
    taken: (name) => {
      const section = profiles.get(name);
      if (section === undefined) return undefined;
      return textValue(section, 'aws_access_key_id') === undefined ? 'taken' : 'keys';
    },
  };
}

/** Some SDKs then take that instead of the sign-in, so such a profile does not stand for the role. */
function hasOtherSource(section: ConfigSection): boolean {
  return ['role_arn', 'aws_access_key_id', 'credential_process'].some(
    (key) => textValue(section, key) !== undefined,
  );
}

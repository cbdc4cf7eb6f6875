import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { DEFAULT_SCOPES } from '../../../shared/fields.ts';
import { type IniEdit, setKeys } from '../formats/ini-edit.ts';
import { type ConfigSection, readSharedConfig, textValue } from '../formats/profiles.ts';
import { parseHeader, sectionKey } from '../formats/section-id.ts';
import { applyEdit, type ConfigPaths, type EditOptions, type EditPlan } from './config-edit.ts';
import type { ConfigFile } from './config-file.ts';

export interface SsoSessionRequest {
  readonly name: string;
  readonly startUrl: string;
  /** The region of Identity Center. */
  readonly region: string;
  /** Written separated by commas. Default `sso:account:access`, which is what buys the refresh token. */
  readonly scopes?: readonly string[];
  /** Change a section of that name that is another portal's. */
  readonly replace?: boolean;
}

/**
 * Makes sure that `[sso-session NAME]` is in the config. One with the same start URL and region stays as it is, byte for
 * byte; what is missing in it is added. A portal that only profiles name goes by its address, and gets none. Throws SESSION_CONFLICT for another portal or region, NAME_INVALID, and as
 * `applyEdit`.
 */
export async function ensureSsoSession(
  paths: ConfigPaths,
  request: SsoSessionRequest,
  options: EditOptions = {},
): Promise<EditPlan> {
  return applyEdit(
    paths,
    (config) => {
      const existing = existingSession(config, request.name);
      return existing === undefined && request.name.includes('://') ? [] : sessionEdits(existing, request);
    },
    options,
  );
}

function existingSession({ file, document }: ConfigFile, name: string): ConfigSection | undefined {
  const wanted = sectionKey({ type: 'sso-session', name });
  const sections = document.sections.filter(({ header }) => {
    const id = parseHeader(header);
    return id !== undefined && sectionKey(id) === wanted;
  });
  return readSharedConfig({ file, document: { ...document, sections } }).ssoSessions.get(name);
}

/** The edits of `ensureSsoSession`, given the section that exists. */
export function sessionEdits(existing: ConfigSection | undefined, request: SsoSessionRequest): IniEdit[] {
  const section = { type: 'sso-session', name: request.name } as const;
  // Older C++ SDKs cut the URL at `#`, which changes the name of the token file.
  const startUrl = request.startUrl.replace(/#\/?$/, '');
  const scopes = (request.scopes ?? DEFAULT_SCOPES).join(',');
  const wanted = { sso_start_url: startUrl, sso_region: request.region, sso_registration_scopes: scopes };
  if (existing === undefined) return setKeys(section, wanted);
  const hasUrl = textValue(existing, 'sso_start_url');
  const hasRegion = textValue(existing, 'sso_region');
  const otherPortal = hasUrl !== undefined && comparableStartUrl(hasUrl) !== comparableStartUrl(startUrl);
  const otherRegion = hasRegion !== undefined && hasRegion !== request.region;
  if (request.replace === true) {
    if (!otherPortal && !otherRegion && request.scopes === undefined)
      return missing(section, hasUrl, hasRegion, wanted);
    const { sso_registration_scopes: chosen, ...place } = wanted;
    // Scopes of its own stay where nobody names others.
    const keeps =
      request.scopes === undefined && textValue(existing, 'sso_registration_scopes') !== undefined;
    return setKeys(section, {
      ...place,
      ...(otherPortal ? {} : { sso_start_url: hasUrl ?? startUrl }),
      ...(keeps ? {} : { sso_registration_scopes: chosen }),
    });
  }
  if (otherPortal) throw conflict(existing, `the start URL ${hasUrl}`);
  if (otherRegion) throw conflict(existing, `the region ${hasRegion}`);
  return missing(section, hasUrl, hasRegion, wanted);
}

function missing(
  section: { readonly type: 'sso-session'; readonly name: string },
  hasUrl: string | undefined,
  hasRegion: string | undefined,
  wanted: { readonly sso_start_url: string; readonly sso_region: string },
): IniEdit[] {
  return setKeys(section, {
    ...(hasUrl === undefined ? { sso_start_url: wanted.sso_start_url } : {}),
    ...(hasRegion === undefined ? { sso_region: wanted.sso_region } : {}),
  });
}

function conflict({ name, file, line }: ConfigSection, what: string): AwsherError {
  return new AwsherError('SESSION_CONFLICT', `The sso-session ${name} (${file}, line ${line}) has ${what}.`, {
    hint: 'choose another name, or add `--replace` to change it',
  });
}

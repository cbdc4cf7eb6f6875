import { configuredEndpoint, publicEndpoint, type Service } from '../../aws/calls/endpoints.ts';
import { knownEnvironment } from '../../aws/resolver/profile-environment.ts';
import { placeOf } from '../../aws/tokens/session-place.ts';
import { readableConfig } from '../../base/files/readable-config.ts';
import { textValue } from '../../base/formats/profiles.ts';
import type { DoctorContext } from './context.ts';

/** A sign-in that the config knows. `key` is what its token file is named after. */
export interface KnownSession {
  readonly key: string;
  readonly startUrl: string;
  readonly region: string;
}

/** sso-sessions, and portals that profiles name themselves. */
export function knownSessions({ paths }: Pick<DoctorContext, 'paths'>): KnownSession[] {
  const { ssoSessions, profiles } = readableConfig(paths);
  const found = new Map<string, KnownSession>();
  for (const section of [...ssoSessions.values(), ...profiles.values()]) {
    const startUrl = textValue(section, 'sso_start_url');
    const region = textValue(section, 'sso_region');
    if (startUrl === undefined || textValue(section, 'sso_session') !== undefined) continue;
    const key = section.type === 'sso-session' ? section.name : startUrl;
    found.set(key, { key, startUrl, region: region ?? '' });
  }
  return [...found.values()];
}

/** Addresses of a service in the regions of all sessions, each once; where the environment names another, that one. */
export function endpointsOf(service: Service, context: Pick<DoctorContext, 'paths' | 'env'>): string[] {
  const sessions = knownSessions(context).filter(({ region }) => /^[a-z]{2,}(-[a-z]+)+-\d$/.test(region));
  const configured = configuredEndpoint(service, knownEnvironment(context.paths, context.env));
  const addresses = sessions.map((session) => {
    const { region, family } = placeOf(context.paths, session);
    return configured ?? publicEndpoint(service, region, family);
  });
  return [...new Set(addresses)];
}

import { isRegionShaped } from '../../../shared/aws/regions.ts';
import { configuredEndpoint, publicEndpoint, type Service } from '../../aws/calls/endpoints.ts';
import { knownEnvironment } from '../../aws/resolver/profile-environment.ts';
import { configSessions } from '../../aws/tokens/known-sessions.ts';
import { placeOf } from '../../aws/tokens/session-place.ts';
import { readableConfig } from '../../base/files/readable-config.ts';
import type { DoctorContext } from './context.ts';

/** Addresses of a service in the regions of all sessions, each once; where the environment names another, that one. */
export function endpointsOf(service: Service, context: Pick<DoctorContext, 'paths' | 'env'>): string[] {
  const sessions = configSessions(readableConfig(context.paths)).filter(({ region }) =>
    isRegionShaped(region),
  );
  const configured = configuredEndpoint(service, knownEnvironment(context.paths, context.env));
  const addresses = sessions.map((session) => {
    const { region, family } = placeOf(context.paths, { ...session, key: session.session });
    return configured ?? publicEndpoint(service, region, family);
  });
  return [...new Set(addresses)];
}

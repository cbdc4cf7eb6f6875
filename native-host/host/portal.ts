import { toAwsherError, type WireError } from '../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../shared/protocol/fields.ts';
import { createAwsClients } from '../aws/clients.ts';
import type { Paths } from '../files/paths.ts';
import { registrationKey, saveRegistration } from '../files/registrations.ts';
import { findPortal } from '../portal/find-portal.ts';

export interface PortalOptions {
  readonly paths: Paths;
  /** For endpoints, proxy and certificates. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
}

/** Plain data: a part of its own has its own classes. */
export type PortalOutcome = FoundPortal | { error: WireError };

/** Answers `portal.find`. A part of its own, which the host loads when it is asked for the first time. */
export async function portal(
  { paths, env, now }: PortalOptions,
  asked: { session: string | null; startUrl: string; region: string | null; scopes: readonly string[] },
): Promise<PortalOutcome> {
  const clients = createAwsClients({ env });
  try {
    const { session: key, startUrl, region, scopes } = asked;
    return await findPortal(
      {
        paths,
        env,
        clients,
        now,
        believeNotes: true,
        onRegistered: (found, registration) =>
          saveRegistration(paths, registrationKey(scopes, found), registration, now()),
      },
      { key, startUrl, region, scopes },
    );
  } catch (thrown) {
    return { error: toAwsherError(thrown).toWire() };
  } finally {
    clients.close();
  }
}

import { serviceOrigin } from '../../../shared/aws/hosts.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Flow } from '../../../shared/flows.ts';
import { STORE_DEADLINE_MS } from '../../../shared/limits.ts';
import { deviceCodesOff } from '../../../shared/login/endings.ts';
import type { Registration } from '../../../shared/oidc/client.ts';
import { authorizeAddress, newProof } from '../../../shared/oidc/code-flow.ts';
import { registerAnew, startDeviceFlow } from '../../../shared/oidc/device-flow.ts';
import { CAUGHT_REDIRECT } from '../../../shared/oidc/redirect.ts';
import { endOf } from '../../../shared/request/endings.ts';
import type { Effect } from '../../../shared/request/events.ts';
import { isSignIn, type Request, type SignIn } from '../../../shared/request/request.ts';
import { Secret } from '../../../shared/secret.ts';
import { hearsNavigation } from '../../platform/identity.ts';
import { now } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import { effectiveSettings } from '../memory/effective-settings.ts';
import { oidcOf } from './oidc.ts';
import { registrationsOf } from './registrations.ts';
import type { Feed } from './requests.ts';

/** What AWS refuses, for a client that it has forgotten or in its own words: the other way may do. */
const REFUSED: ReadonlySet<string> = new Set(['SIGN_IN_FAILED', 'AWS_ERROR']);

type Asked = { id: string; target: SignIn['subject']['target']; place: NonNullable<Request['place']> };

/** The part of a sign-in that AWS and the host answer. A client secret stays in this memory and in the host's private folder. */
export function createTokens(link: HostLink) {
  /** By client, so that its secret crosses once; a background that was put to sleep asks the host once more. */
  const known = new Map<string, Registration>();

  async function registrationOf(request: Request, { target, place }: Asked): Promise<Registration> {
    const clientId = clientOf(request);
    const found = known.get(clientId) ?? (await registrationsOf(link, place, target.scopes).byId(clientId));
    if (!found) throw endOf(request, 'forgotten');
    known.set(clientId, found);
    return found;
  }

  return {
    /** Registration and StartDeviceAuthorization: the code that the page will ask about. */
    async requestCode(request: Request, feed: Feed): Promise<void> {
      const { id, target, place } = askedIn(request);
      if ((await effectiveSettings()).settings.noDeviceCodes) throw deviceCodesOff();
      const begun = await startDeviceFlow(
        oidcOf(place),
        registrationsOf(link, place, target.scopes),
        { target, found: place },
        () => void feed(id, { type: 'registered' }),
      ).catch((thrown: unknown) => {
        if (!(thrown instanceof AwsherError) || !REFUSED.has(thrown.code)) throw thrown;
        feed(id, { type: 'no-device', error: thrown });
      });
      if (!begun) return;
      const { registration, device } = begun;
      known.set(registration.clientId, registration);
      feed(id, {
        type: 'code',
        code: {
          userCode: device.userCode,
          pageHostname: new URL(device.verificationUri).hostname,
          deviceCode: device.deviceCode.expose(),
          clientId: registration.clientId,
          intervalMs: device.intervalMs,
          expiresAt: now() + device.livesMs,
          page: device.verificationUri,
          url: device.verificationUriComplete,
        },
      });
    },

    /** Registration for PKCE, and the address that begins it. */
    async requestProof(request: Request, feed: Feed): Promise<void> {
      const { id, target, place } = askedIn(request);
      if (!hearsNavigation())
        throw new AwsherError('SIGN_IN_FAILED', 'This browser is too old to sign in with PKCE.', {
          hint: 'update it, or run the command again without `--flow pkce`',
        });
      const { scopes } = target;
      const registrations = registrationsOf(link, place, scopes, 'pkce');
      const flow = { kind: 'pkce', portal: place.portal } as const;
      const registration =
        (await registrations.find()) ?? (await registerAnew(oidcOf(place), registrations, scopes, flow));
      const { clientId } = registration;
      known.set(clientId, registration);
      feed(id, { type: 'registered' });
      const proof = newProof();
      const asked = { clientId, redirectUri: CAUGHT_REDIRECT, scopes, proof };
      const url = await authorizeAddress(serviceOrigin('oidc', place.region, place.family), asked);
      const { state, verifier } = proof;
      feed(id, { type: 'proof', proof: { clientId, state, verifier: verifier.expose(), url } });
    },

    /** One CreateToken, with the client that the sign-in began with. */
    async askToken(request: Request, feed: Feed): Promise<void> {
      const asked = askedIn(request);
      const registration = await registrationOf(request, asked);
      const oidc = oidcOf(asked.place);
      const { code, proof } = request;
      const reply = await (proof
        ? oidc.exchangeCode(registration, {
            code: new Secret(proof.code ?? ''),
            verifier: new Secret(proof.verifier),
            redirectUri: CAUGHT_REDIRECT,
          })
        : oidc.askToken(registration, new Secret(code?.deviceCode ?? '')));
      feed(asked.id, { type: 'reply', reply });
    },

    /** The token is dropped as soon as the host has answered. */
    async store(
      request: Request,
      { token, writeSection }: Extract<Effect, { do: 'store' }>,
      feed: Feed,
    ): Promise<void> {
      const asked = askedIn(request);
      const { accessToken, refreshToken, livesMs } = token;
      const fresh = {
        target: { ...asked.target, region: asked.place.region },
        accessToken: accessToken.expose(),
        ...(refreshToken ? { refreshToken: refreshToken.expose() } : {}),
        expiresIn: livesMs / 1000,
        writeSection,
        clientId: clientOf(request),
        ...learned(request),
      };
      const stored = await link.ask('token.store', fresh, { deadlineMs: STORE_DEADLINE_MS });
      feed(asked.id, { type: 'stored', ...stored });
    },
  };
}

const clientOf = ({ code, proof }: Request): string => (code ?? proof)?.clientId ?? '';

/** Which way led to the token where the other one did not, for the host to remember. */
function learned({ subject, code, place }: Request): { flow?: Flow } {
  if (subject.kind === 'sign-in' && subject.changed) return { flow: 'pkce' };
  return code && place?.flow === 'pkce' ? { flow: 'device' } : {};
}

function askedIn(request: Request): Asked {
  const { id, place } = request;
  if (!isSignIn(request) || place === null) throw new Error('no sign-in with a place');
  return { id, target: request.subject.target, place };
}

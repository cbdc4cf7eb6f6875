import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { toAwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Credentials } from '../../../aws/roles/credentials.ts';
import { formatTimestamp } from '../../../base/formats/token-dates.ts';

export interface CredentialServer {
  readonly url: string;
  /** What a caller must send as `Authorization`; made for this process alone. */
  readonly token: string;
  close(): void;
}

/**
 * Serves credentials to the children of one `exec`, as ECS does to its tasks (AWS SDKs and Tools Reference Guide,
 * "Container credential provider"): on 127.0.0.1 only, and only to those who know the token. `credentials` is asked every
 * time; it caches.
 */
export async function serveCredentials(credentials: () => Promise<Credentials>): Promise<CredentialServer> {
  const token = randomBytes(32).toString('base64url');
  const path = `/${randomBytes(8).toString('hex')}`;
  const server = createServer((request, response) => {
    answer(request, response, { path, token, credentials }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    token,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Offer {
  readonly path: string;
  readonly token: string;
  readonly credentials: () => Promise<Credentials>;
}

async function answer(request: IncomingMessage, response: ServerResponse, offer: Offer): Promise<void> {
  if (!isSame(request.headers.authorization ?? '', offer.token)) {
    return reply(response, 401, { code: 'Unauthorized', message: 'wrong or missing Authorization' });
  }
  if (request.method !== 'GET' || request.url !== offer.path) {
    return reply(response, 404, { code: 'NotFound', message: 'nothing here' });
  }
  try {
    reply(response, 200, containerJson(await offer.credentials()));
  } catch (thrown) {
    const { code, message, hint } = toAwsherError(thrown);
    reply(response, 500, { code, message: hint === undefined ? message : `${message} (${hint})` });
  }
}

/** The names that the container provider expects: `Token`, not `SessionToken`. */
function containerJson(credentials: Credentials): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials;
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey.expose(),
    Token: sessionToken?.expose() ?? '',
    // Static keys have no end, but the SDKs want one.
    Expiration: formatTimestamp(expiresAt ?? Date.UTC(9999, 11, 31)),
    ...(accountId === undefined ? {} : { AccountId: accountId }),
  };
}

function reply(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

import { createServer } from 'node:https';
import { connect, type PeerCertificate } from 'node:tls';
import { expect, it } from 'vitest';
import { createTestAuthority } from './certificates.ts';
import { listenOnLoopback } from './loopback.ts';

/** The certificate that a client who trusts `ca` is shown under a name; rejects as TLS does. */
function shownCertificate(port: number, servername: string, ca: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

it('issues a leaf per host name that a client accepts for that name, and only with this authority', async () => {
  const authority = await createTestAuthority();
  const server = createServer({
    SNICallback: (name, done) => void authority.contextFor(name).then((context) => done(null, context)),
  });
  const port = await listenOnLoopback(server);
  try {
    const names = [
      'corp.awsapps.com',
      'portal.sso.us-east-1.amazonaws.com',
      `${'long-'.repeat(12)}x.awsapps.com`,
    ];
    for (const name of names) {
      expect((await shownCertificate(port, name, authority.caPem)).subjectaltname).toBe(`DNS:${name}`);
    }
    const stranger = await createTestAuthority();
    await expect(shownCertificate(port, 'corp.awsapps.com', stranger.caPem)).rejects.toThrow(/certificate/);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

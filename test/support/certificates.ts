import 'reflect-metadata';
import { createSecureContext, type SecureContext } from 'node:tls';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate authority that lives no longer than its process and issues a leaf for each host name when it is asked for. */
export interface TestAuthority {
  /** The root certificate, PEM. Trust it in a throw-away profile only. */
  readonly caPem: string;
  /** SHA-256 of the root's public key, base64: for browsers that are told by a flag instead of by a certificate store. */
  readonly caSpki: string;
  /** Key and certificate chain (leaf, root) for exactly one host name, PEM. The same name gets the same pair. */
  issue(hostName: string): Promise<LeafPem>;
  /** A TLS context for a host name: what `SNICallback` wants. */
  contextFor(hostName: string): Promise<SecureContext>;
}

export interface LeafPem {
  readonly key: string;
  readonly cert: string;
}

/** Makes a fresh EC P-256 authority. The private key never leaves this process. */
export async function createTestAuthority(commonName = 'awsher test CA'): Promise<TestAuthority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: `CN=${commonName}`,
    ...validity(),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });

  const leaves = new Map<string, Promise<LeafPem>>();
  const contexts = new Map<string, Promise<SecureContext>>();
  const issue = (hostName: string): Promise<LeafPem> =>
    remember(leaves, hostName, () => issueLeaf(ca, keys.privateKey, hostName));
  return {
    caPem: ca.toString('pem'),
    caSpki: Buffer.from(await crypto.subtle.digest('SHA-256', ca.publicKey.rawData)).toString('base64'),
    issue,
    contextFor: (hostName) =>
      remember(contexts, hostName, async () => createSecureContext(await issue(hostName))),
  };
}

async function issueLeaf(ca: x509.X509Certificate, caKey: CryptoKey, hostName: string): Promise<LeafPem> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const isAddress = /^[\d.]+$/.test(hostName);
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    // A common name holds 64 characters at most; the names that count are in the extension.
    subject: 'CN=awsher test leaf',
    issuer: ca.subject,
    ...validity(),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: caKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: isAddress ? 'ip' : 'dns', value: hostName }]),
      await x509.AuthorityKeyIdentifierExtension.create(ca),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: `${leaf.toString('pem')}\n${ca.toString('pem')}`,
    key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  };
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + 30 * DAY_MS) };
}

function randomSerial(): string {
  // A leading 1 keeps the number positive and of full length.
  return `1${Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex')}0`;
}

function remember<T>(store: Map<string, T>, key: string, make: () => T): T {
  const known = store.get(key);
  if (known !== undefined) return known;
  const made = make();
  store.set(key, made);
  return made;
}

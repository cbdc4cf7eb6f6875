import { type Check, type Finding, fail, inline, ok, skip, together } from '../check.ts';
import type { DoctorContext, Probe } from '../context.ts';
import { endpointsOf } from '../sessions.ts';

/** Whether AWS can be reached from here, through the proxy and with the authorities that are configured. */
export const network: Check = {
  id: 'network',
  title: 'AWS can be reached',
  async run(context) {
    const addresses = [...new Set([...endpointsOf('sso-oidc', context), ...endpointsOf('sso', context)])];
    if (addresses.length === 0) return skip('There is no session yet.');
    return together(await Promise.all(addresses.map((address) => addressFinding(address, context))));
  },
};

async function addressFinding(address: string, context: DoctorContext): Promise<Finding> {
  const probe = await context.probe(address);
  const host = hostOf(address);
  if (probe.kind === 'answered') return ok(`${host} answers`);
  const way = probe.proxy ? ' through the proxy' : '';
  return fail(`${host} cannot be reached${way} (${inline(probe.code)}).`, advice(probe, context));
}

function hostOf(address: string): string {
  return inline(URL.canParse(address) ? new URL(address).host : address);
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ISSUER/;

function advice({ code, proxy, hint }: Extract<Probe, { kind: 'failed' }>, { env }: DoctorContext): string {
  if (hint !== undefined) return hint;
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return "check the computer's clock first";
  if (UNTRUSTED.test(code)) {
    return env.AWS_CA_BUNDLE || env.REQUESTS_CA_BUNDLE
      ? "AWS_CA_BUNDLE does not contain the authority that signed this; ask your administrator for the network's root certificate"
      : 'your network inspects TLS: set AWS_CA_BUNDLE to a file with its root certificate (PEM), as for the AWS CLI';
  }
  if (code === 'PROXY_407')
    return 'the proxy needs a user name and password: HTTPS_PROXY=http://name:password@host:port';
  if (code.startsWith('PROXY_')) return 'the proxy refuses this address: ask your administrator to allow it';
  if (proxy) return 'look at HTTPS_PROXY and NO_PROXY: is that proxy right, and does it run?';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'check the network connection; behind a company proxy, set HTTPS_PROXY';
  }
  return 'check the network connection, the firewall and HTTPS_PROXY';
}

import { Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { printable } from '../../../shared/printable.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { readText } from '../../base/files/read-file.ts';
import { proxyFor } from './proxy.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Transport {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Closes idle connections. */
  close(): void;
}

/**
 * The agents for calls to one address: through the proxy that the AWS CLI would take, and with AWS_CA_BUNDLE *instead of*
 * the built-in roots, as there. Throws FILE_READ when the bundle can't be read.
 */
export async function createTransport(address: string, env: Env): Promise<Transport> {
  const tls: AgentOptions = { ...certificateAuthorities(env) };
  const proxy = proxyFor(address, env);
  if (proxy === null)
    return transport(new HttpAgent({ keepAlive: true }), new HttpsAgent({ keepAlive: true, ...tls }));
  const through = parseProxy(proxy);
  const [{ ForwardingAgent }, { HttpsProxyAgent }] = await Promise.all([
    import('./forwarding-agent.ts'),
    import('hpagent'),
  ]);
  const tunnel = new HttpsProxyAgent({
    keepAlive: true,
    // The time for CONNECT too: a proxy that never answers would hold the process for ever.
    timeout: LIMITS.connectMs,
    proxy: through,
    proxyRequestOptions: bundleForProxy(tls),
    ...tls,
  });
  return transport(new ForwardingAgent(through, tls), tunnel);
}

function transport(httpAgent: HttpAgent, httpsAgent: HttpsAgent): Transport {
  return {
    httpAgent,
    httpsAgent,
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

function certificateAuthorities(env: Env): { ca?: string } {
  const file = env.AWS_CA_BUNDLE || env.REQUESTS_CA_BUNDLE;
  if (!file) return {};
  try {
    return { ca: readText(file) };
  } catch (cause) {
    throw new AwsherError('FILE_READ', `The CA bundle ${printable(file)} could not be read.`, {
      hint: 'set AWS_CA_BUNDLE (or REQUESTS_CA_BUNDLE, or ca_bundle in the profile) to the full path of a PEM file, or remove it',
      cause,
    });
  }
}

function bundleForProxy({ ca }: AgentOptions): { ca?: string[] } {
  return typeof ca === 'string' ? { ca: [ca] } : {};
}

function parseProxy(proxy: string): URL {
  try {
    // A percent sign that encodes nothing is one, as for botocore.
    const url = new URL(proxy.replace(/%(?![\da-f]{2})/gi, '%25'));
    decodeURIComponent(url.username + url.password);
    return url;
  } catch {
    // The address may hold a password, so it is not repeated, nor what names it.
    throw new AwsherError('NETWORK', 'The address of the proxy (HTTPS_PROXY, HTTP_PROXY) is not valid.', {
      hint: 'write it as http://host:port',
    });
  }
}

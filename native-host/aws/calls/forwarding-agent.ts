import { Agent, type ClientRequest, type RequestOptions } from 'node:http';
import { type ConnectionOptions, connect } from 'node:tls';

declare module 'node:http' {
  interface Agent {
    /** What `http.request` calls once the request has its headers; public by use, @types/node lacks it. */
    addRequest(request: ClientRequest, options: RequestOptions): void;
  }
}

/**
 * Sends requests to http:// addresses through a proxy as botocore and curl do: the proxy gets the whole address (RFC 9112 §3.2.2).
 * Many refuse CONNECT to anything but port 443.
 */
export class ForwardingAgent extends Agent {
  constructor(
    private readonly proxy: URL,
    private readonly tls: Pick<ConnectionOptions, 'ca'>,
  ) {
    super({ keepAlive: true });
  }

  override addRequest(request: ClientRequest, options: RequestOptions): void {
    const { hostname, port, protocol, username, password } = this.proxy;
    request.path = `http://${request.getHeader('host')}${request.path}`;
    if (username !== '') {
      const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
      request.setHeader('proxy-authorization', `Basic ${login.toString('base64')}`);
    }
    const host = hostname.replace(/^\[|\]$/g, '');
    super.addRequest(request, { ...options, host, port: port || (protocol === 'https:' ? 443 : 80) });
  }

  override createConnection(...args: Parameters<Agent['createConnection']>) {
    if (this.proxy.protocol === 'http:') return super.createConnection(...args);
    const [{ host, port }] = args;
    return connect({ host: String(host), port: Number(port), ...this.tls, servername: String(host) });
  }
}

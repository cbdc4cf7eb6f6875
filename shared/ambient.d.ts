// The only host names that shared code may use: they exist, with one meaning, in browsers and in Node.
// Anything else (a clock, a timer, the network, the DOM, `process`) comes in as an argument.

interface URLSearchParams extends Iterable<[string, string]> {
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
}
declare var URLSearchParams: { new (init?: string): URLSearchParams };

interface URL {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly searchParams: URLSearchParams;
}
declare var URL: { new (url: string, base?: string): URL; canParse(url: string, base?: string): boolean };

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare var AbortController: { new (): AbortController };
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

/** Web Cryptography, as far as PKCE needs it. */
declare var crypto: {
  getRandomValues(into: Uint8Array<ArrayBuffer>): Uint8Array;
  readonly subtle: { digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> };
};
declare var TextEncoder: { new (): { encode(text: string): Uint8Array<ArrayBuffer> } };
declare function btoa(bytes: string): string;

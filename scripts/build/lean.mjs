// What packages bring along and the extension never uses is cut out, and the build fails when it cannot be: an update of
// a package can neither break the service worker nor bring back what a reviewer of a store would ask about.

/** Loaded with `import()`, which service workers forbid. Nothing of SSO is a stream of events. */
const EVENT_STREAMS = 'await import("@smithy/core/event-streams")';
const NO_DATES = (...names) =>
  names.map((name) => `export const ${name} = () => { throw new Error('no dates here'); };`).join('\n');
/**
 * Module → what stands there instead. Of sso-oidc the background asks only what is open to everybody, so nothing is signed
 * with keys and nothing hashed for it; and it always says which endpoint, so there are no tables to find one.
 */
const INSTEAD = {
  '@aws-sdk/core/httpAuthSchemes': `
    export const resolveAwsSdkSigV4Config = (config) => config;
    export class AwsSdkSigV4Signer { sign() { throw new Error('nothing is signed here'); } }`,
  '@smithy/core/checksum': `export class Sha256 { constructor() { throw new Error('nothing is signed here'); } }`,
  './endpoint/endpointResolver': `
    export const defaultEndpointResolver = ({ Endpoint }) => ({ url: new URL(Endpoint), properties: {}, headers: {} });`,
  // When is tried again, and how often, is awsher's own to say (shared/transport).
  '../util-retry/StandardRetryStrategy': 'export class StandardRetryStrategy {}',
  '../util-retry/AdaptiveRetryStrategy': 'export class AdaptiveRetryStrategy {}',
  // No answer of sso-oidc has a date in it, and no question; Retry-After may have one.
  './date-utils': `export const parseRfc7231DateTime = (value) => new Date(value);\n${NO_DATES(
    'dateToUtcString',
    'parseRfc3339DateTime',
    'parseRfc3339DateTimeWithOffset',
    'parseEpochTimestamp',
  )}`,
  './schema-serde-lib/schema-date-utils': NO_DATES(
    '_parseEpochTimestamp',
    '_parseRfc3339DateTimeWithOffset',
    '_parseRfc7231DateTime',
  ),
  // A body is bytes that nobody takes for a text; numbers are seconds; what comes is read whole (shared/transport).
  './JsonBytesStringAdapter':
    'export class JsonBytesStringAdapter extends Uint8Array { static allocUnsafe(bytes) { return new this(bytes); } }',
  './jsonReviver': 'export const jsonReviver = (key, value) => value;',
  '../jsonReviver': 'export const jsonReviver = (key, value) => value;',
  './util-stream/sdk-stream-mixin.browser': `export const sdkStreamMixin = () => { throw new Error('no streams here'); };`,
};
/** Preact's `dangerouslySetInnerHTML`. No view sets markup. */
const SETS_MARKUP = /\(\w+\.innerHTML=\w+\.__html\)/;

/** In which chunks → what must not be left. */
const GONE = [
  [/^background\.js$/, /\bimport\(|\bAWS4-HMAC-SHA256\b|\bdualStackDnsSuffix\b/],
  [/\.js$/, /\.innerHTML\s*=/],
];

/** @returns {import('vite').Plugin} */
export function lean() {
  return {
    name: 'awsher-lean',
    enforce: 'pre',
    resolveId: (source) => (source in INSTEAD ? `\0${source}` : null),
    load: (id) => INSTEAD[id.slice(1)] ?? null,
    transform(code, id) {
      // A client tells AWS its version; the rest of its package.json is nobody's business.
      if (id.endsWith('/package.json')) {
        const { version } = JSON.parse(code);
        return { code: JSON.stringify({ version }), map: null };
      }
      const cut = id.endsWith('/preact/dist/preact.mjs')
        ? code.replace(SETS_MARKUP, '(0)')
        : code.replace(EVENT_STREAMS, '(() => { throw new Error("no event streams here"); })()');
      return cut === code ? null : { code: cut, map: null };
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const [files, gone] of GONE) {
          const at = files.test(file.fileName) ? file.code.search(gone) : -1;
          if (at === -1) continue;
          const around = file.code.slice(Math.max(0, at - 60), at + 80);
          throw new Error(`${file.fileName} holds what was to be cut out: ${around}`);
        }
      }
    },
  };
}

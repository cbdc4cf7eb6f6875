import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** What the browser enforces on the extension's own pages (manifests/extension/base.json). */
async function extensionPolicy(): Promise<string> {
  const path = new URL('../../../manifests/extension/base.json', import.meta.url);
  const manifest: { content_security_policy: { extension_pages: string } } = JSON.parse(
    await readFile(path, 'utf8'),
  );
  return manifest.content_security_policy.extension_pages;
}

/** A strict policy as a portal may have it: no style and no script but its own. */
const PORTAL_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'";

const PORTAL_PAGE = `<!doctype html><html lang="en"><head><title>Portal</title><link rel="stylesheet" href="/portal.css">
<script src="/notice-stage.js"></script></head><body><main><h1>Authorization requested</h1>
<p>Confirm that the code matches.</p><button id="cli_verification_btn">Confirm and continue</button></main>
<dialog id="own">A dialog of the page</dialog><div id="pop" popover>A popover of the page</div></body></html>`;

/** A page author's style sheet at its most reckless. */
const PORTAL_STYLE = `body{font:16px sans-serif;margin:4rem}div{display:none!important}dialog{opacity:.1}button{font-size:2rem}
#own,#pop:popover-open{display:block!important;inline-size:100vw;block-size:100vh}#own:not([open]){display:none!important}`;

/** Serves the built views under the extension's own content security policy, and `/portal` as a page of AWS. */
export async function serveViews(folder: string): Promise<{ origin: string; close(): Promise<void> }> {
  const policy = await extensionPolicy();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/portal' || path === '/portal.css') {
      const type = path === '/portal' ? 'text/html' : 'text/css';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': PORTAL_POLICY });
      response.end(path === '/portal' ? PORTAL_PAGE : PORTAL_STYLE);
      return;
    }
    // What looks at the pages: from here the browser keeps it, compiled.
    const file = path === '/axe.js' ? AXE : join(folder, path);
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    readFile(file).then(
      (body) => {
        const type = TYPES[extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, {
          'content-type': `${type}; charset=utf-8`,
          // One build for all scenes: what a browser has read once it need not ask for again.
          ...(type === 'text/html' ? {} : { 'cache-control': 'max-age=3600' }),
          'content-security-policy': policy,
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${portOf(server)}`, close: () => closed(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

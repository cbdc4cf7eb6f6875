// Signs in as the AWS CLI does since 2.22 (authorization code with PKCE): a loopback server, `state`, S256, `scopes`,
// and $BROWSER run to its end before the server answers anything. Prints the answer of CreateToken.
// The tests run copies of it under several names. AUTHORIZE_PORT names another port in the address than its own,
// LISTEN_HOST and LISTEN_PORT say where it listens.
const { createHash, randomBytes, randomUUID } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const { createServer } = require('node:http');

const { OIDC, AUTHORIZE_PORT, BROWSER, LISTEN_HOST, LISTEN_PORT, START_URL } = process.env;

async function main() {
  const { server, port, answered } = await listen();
  const client = await post('/client/register', {
    clientName: 'botocore-client-corp',
    clientType: 'public',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    issuerUrl: START_URL,
    scopes: ['sso:account:access'],
  });
  const verifier = randomBytes(48).toString('base64url');
  const state = randomUUID();
  const redirectUri = `http://127.0.0.1:${AUTHORIZE_PORT ?? port}/oauth/callback`;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const address = `https://oidc.us-east-1.amazonaws.com/authorize?${query}`;
  process.stderr.write(`${address}\n`);
  // As Python's webbrowser does: split, filled in, waited for.
  const [program, ...words] = BROWSER.split(' ');
  const started = Date.now();
  const { status } = spawnSync(
    program,
    words.map((word) => word.replace('%s', address)),
    { stdio: 'inherit' },
  );
  process.stderr.write(`browser ended with ${status} after ${Date.now() - started} ms\n`);
  const { code, state: returned } = await answered;
  server.close();
  if (returned !== state) throw new Error('the state is not ours');
  const token = await post('/token', {
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    grantType: 'authorization_code',
    code,
    codeVerifier: verifier,
    redirectUri,
  });
  process.stdout.write(JSON.stringify(token));
  // A browser may have opened one more connection, for a next request that never comes.
  server.closeAllConnections();
}

function listen() {
  return new Promise((resolve) => {
    let settle;
    const answered = new Promise((answer) => {
      settle = answer;
    });
    const server = createServer((request, response) => {
      const url = new URL(request.url, 'http://127.0.0.1');
      if (url.pathname !== '/oauth/callback') return response.writeHead(404).end();
      response.writeHead(200, { 'Content-Type': 'text/html', Connection: 'close' });
      response.end('<p>You can close this window.</p>');
      settle(Object.fromEntries(url.searchParams));
    });
    server.listen(Number(LISTEN_PORT ?? 0), LISTEN_HOST ?? '127.0.0.1', () =>
      resolve({ server, port: server.address().port, answered }),
    );
  });
}

async function post(path, body) {
  const response = await fetch(`${OIDC}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

main();

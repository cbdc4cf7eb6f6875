import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAwsClients } from '../../../native-host/aws/calls/clients.ts';
import { oidcOf } from '../../../native-host/aws/calls/oidc.ts';
import { type Paths, resolvePaths } from '../../../native-host/base/files/paths.ts';
import { readToken, tokenFilePath, writeToken } from '../../../native-host/base/files/token-cache.ts';
import type { SsoToken } from '../../../native-host/base/files/token-format.ts';
import { storeSignIn } from '../../../native-host/features/signin/store-token.ts';
import type { Flow } from '../../../shared/flows.ts';
import type { OidcClient } from '../../../shared/oidc/client.ts';
import { authorizeAddress, newProof, readReply } from '../../../shared/oidc/code-flow.ts';
import { type IdentityCenter, startIdentityCenter } from '../identity-center/index.ts';
import { shellEnv } from '../shell-env.ts';

type CenterOptions = Parameters<typeof startIdentityCenter>[0];

/** A person's home with a config, beside a running Identity Center; nobody has signed in yet. */
export interface Home {
  readonly home: string;
  readonly paths: Paths;
  readonly idc: IdentityCenter;
  /** As their shell has it: HOME, and the endpoints of the embedded Identity Center. */
  readonly env: Record<string, string>;
  config(text: string): void;
  credentials(text: string): void;
  write(path: string, text: string): string;
  read(path: string): string;
  has(path: string): boolean;
  /** A real sign-in, by the device flow unless told, approved at once, stored as awsher stores it. */
  signIn(session?: string, startUrl?: string, flow?: Flow): Promise<SsoToken>;
  token(key: string): SsoToken;
  tokenFile(key: string): string;
  /** Writes the token of a session again with some fields changed; `undefined` leaves one out. */
  changeToken(
    key: string,
    change: { [K in Exclude<keyof SsoToken, 'extra'>]?: SsoToken[K] | undefined },
  ): void;
  close(): Promise<void>;
}

export async function openHome(options: CenterOptions = {}): Promise<Home> {
  const idc = await startIdentityCenter(options);
  const home = mkdtempSync(join(tmpdir(), 'awsher-credentials-'));
  const env = shellEnv(home, {
    AWS_ENDPOINT_URL_SSO: idc.httpUrl,
    AWS_ENDPOINT_URL_SSO_OIDC: idc.httpUrl,
    AWS_ENDPOINT_URL_STS: idc.httpUrl,
  });
  const paths = resolvePaths({ env, platform: 'linux', homedir: () => home });
  const write = (path: string, text: string): string => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const token = (key: string): SsoToken => {
    const file = readToken(paths, key);
    if (file.kind !== 'token') throw new Error(`no token for ${key}: ${file.kind}`);
    return file.token;
  };
  return {
    home,
    paths,
    idc,
    env,
    write,
    config: (text) => void write('.aws/config', text),
    credentials: (text) => void write('.aws/credentials', text),
    read: (path) => readFileSync(join(home, path), 'utf8'),
    has: (path) => existsSync(join(home, path)),
    async signIn(session = 'corp', startUrl = idc.startUrl, flow = 'device') {
      await signInAt(idc, env, paths, { session, startUrl, flow });
      return token(session);
    },
    token,
    tokenFile: (key) => tokenFilePath(paths, key),
    changeToken: (key, change) => {
      const { accessToken, expiresAt, ...rest } = { ...token(key), ...change };
      if (accessToken === undefined || expiresAt === undefined) throw new Error('a token has both');
      writeToken(paths, key, { ...token(key), ...rest, accessToken, expiresAt });
    },
    async close() {
      await idc.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function signInAt(
  idc: IdentityCenter,
  env: Record<string, string>,
  paths: Paths,
  { session, startUrl, flow }: { session: string; startUrl: string; flow: Flow },
): Promise<void> {
  const clients = createAwsClients({ env });
  const scopes = ['sso:account:access'];
  const oidc = oidcOf(clients, { region: idc.region, family: null });
  const { client, reply } = await (flow === 'device' ? byDevice : byPkce)(idc, oidc, scopes, startUrl);
  clients.close();
  if (reply.kind !== 'token') throw new Error(`sign-in failed: ${reply.kind}`);
  const target = { session, startUrl, region: idc.region, scopes };
  await storeSignIn(paths, { target, client, token: reply.token }, () => Date.now());
}

async function byDevice(idc: IdentityCenter, oidc: OidcClient, scopes: string[], startUrl: string) {
  const client = await oidc.register(scopes);
  const device = await oidc.startDevice(client, startUrl);
  if (typeof device === 'string' || device instanceof Error) throw new Error(`${device}`);
  idc.approve(device.userCode);
  return { client, reply: await oidc.askToken(client, device.deviceCode) };
}

async function byPkce(idc: IdentityCenter, oidc: OidcClient, scopes: string[], portal: string) {
  const client = await oidc.register(scopes, { kind: 'pkce', portal });
  const proof = newProof();
  const redirectUri = 'http://127.0.0.1:1/oauth/callback';
  const request = { clientId: client.clientId, redirectUri, scopes, proof };
  await fetch(await authorizeAddress(idc.httpUrl, request), { redirect: 'manual' });
  const back = readReply(idc.settleAuthorization(), { redirectUri, state: proof.state });
  if (back?.kind !== 'code') throw new Error('no code came back');
  const { code } = back;
  return { client, reply: await oidc.exchangeCode(client, { code, verifier: proof.verifier, redirectUri }) };
}

/** A config with the session `corp` and one profile of it, `dev`. */
export function corpConfig(idc: IdentityCenter, more = ''): string {
  const account = idc.accounts[0];
  return [
    '[sso-session corp]',
    `sso_start_url = ${idc.startUrl}`,
    `sso_region = ${idc.region}`,
    'sso_registration_scopes = sso:account:access',
    '',
    '[profile dev]',
    'sso_session = corp',
    `sso_account_id = ${account?.accountId}`,
    `sso_role_name = ${account?.roles[0]}`,
    'region = eu-west-1',
    more,
    '',
  ].join('\n');
}

import { afterEach, expect, it, vi } from 'vitest';
import { oidcOf } from '../../../../extension/background/request/oidc.ts';
import { Secret } from '../../../../shared/secret.ts';

const sent: { command: string; input: object }[] = [];
const made: object[] = [];
vi.mock('@aws-sdk/client-sso-oidc', () => {
  const command = (name: string) =>
    class {
      input: object;
      name = name;
      constructor(input: object) {
        this.input = input;
      }
    };
  return {
    RegisterClientCommand: command('register'),
    StartDeviceAuthorizationCommand: command('start'),
    CreateTokenCommand: command('token'),
    SSOOIDCClient: class {
      config: object;
      constructor(config: object) {
        made.push(config);
        this.config = { ...config, requestHandler: { handle: async () => ({}) } };
      }
      async send({ name, input }: { name: string; input: object }) {
        sent.push({ command: name, input });
        return {
          clientId: 'c',
          clientSecret: 's',
          clientSecretExpiresAt: 4_000_000_000,
          accessToken: 'a',
          expiresIn: 60,
          deviceCode: 'd',
          userCode: 'ABCD-EFGH',
          verificationUri: 'https://x.awsapps.com/',
        };
      }
    },
  };
});
afterEach(() => void sent.splice(0));

it.each([
  ['us-east-1', null, 'https://oidc.us-east-1.amazonaws.com'],
  ['eu-west-1', 'dual-stack', 'https://oidc.eu-west-1.api.aws'],
  ['cn-north-1', null, 'https://oidc.cn-north-1.amazonaws.com.cn'],
] as const)('in %s, %s: at its endpoint, unsigned, with a limit', (region, family, endpoint) => {
  oidcOf({ region, family });
  expect(made.at(-1)).toMatchObject({
    region,
    endpoint,
    credentials: { accessKeyId: '', secretAccessKey: '' },
    requestHandler: { requestTimeout: expect.any(Number) },
  });
});

it('each question is its own command', async () => {
  const oidc = oidcOf({ region: 'us-east-1', family: null });
  const client = await oidc.register([]);
  await oidc.startDevice(client, 'https://x.awsapps.com/start');
  await oidc.askToken(client, new Secret('d'));
  expect(sent.map(({ command }) => command)).toEqual(['register', 'start', 'token']);
});

import { expect, it } from 'vitest';
import { findPortal } from '../../../../extension/background/host/portal.ts';
import { startUrlFacts } from '../../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { TARGET } from '../../../shared/request/samples.ts';

const asked: object[] = [];
const link = (answer: () => unknown) =>
  ({
    ask: async (method: string, params: object) => [asked.push({ method, ...params }), answer()][1],
  }) as never;
const older = link(() => {
  throw new AwsherError('PROTOCOL_MESSAGE', 'No.');
});
const found = { portal: TARGET.startUrl, region: 'eu-west-1', family: null };

it('is what the host finds, with what an administrator says of the endpoints', async () => {
  expect(
    await findPortal(
      link(() => found),
      { ...TARGET, endpoints: 'ipv4' },
    ),
  ).toEqual(found);
  const { session, startUrl, region, scopes } = TARGET;
  expect(asked.at(-1)).toEqual({
    method: 'portal.find',
    session,
    startUrl,
    region,
    scopes,
    endpoints: 'ipv4',
  });
});

it('what nobody says of the endpoints is not asked', async () => {
  await findPortal(
    link(() => found),
    TARGET,
  );
  expect(asked.at(-1)).not.toHaveProperty('endpoints');
});

it("a host from before the question: the region that the address names, and its portal in AWS's own form", async () => {
  const startUrl = 'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws/';
  const told = await findPortal(older, { ...TARGET, startUrl });
  expect(told.region).toBe('eu-west-1');
  expect(told.portal).toBe(startUrlFacts(startUrl).portal ?? startUrl);
});

it('a host from before the question: what the address and the config tell, and no guess', async () => {
  expect(await findPortal(older, TARGET)).toMatchObject({ portal: TARGET.startUrl, region: 'us-east-1' });
  await expect(findPortal(older, { ...TARGET, region: null })).rejects.toMatchObject({
    code: 'PROTOCOL_MESSAGE',
  });
});

it('what stood in the way is told', async () => {
  const lost = link(() => {
    throw new AwsherError('NETWORK', 'No.');
  });
  await expect(findPortal(lost, TARGET)).rejects.toMatchObject({ code: 'NETWORK' });
});

import { InternalServerException, InvalidGrantException } from '@aws-sdk/client-sso-oidc';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { type IdentityCenter, startIdentityCenter } from './index.ts';
import { oidcClient } from './wire-clients.ts';

let idc: IdentityCenter;
let sdk: ReturnType<typeof oidcClient>;

beforeEach(async () => {
  idc = await startIdentityCenter();
  sdk = oidcClient(idc);
});
afterEach(async () => {
  sdk.oidc.destroy();
  await idc.close();
});

describe('faults', () => {
  it('fails as often as asked, in the words of the service', async () => {
    idc.faults.add({ operation: 'RegisterClient', status: 503, times: 2 });
    await expect(sdk.register()).rejects.toBeInstanceOf(InternalServerException);
    await expect(sdk.register()).rejects.toBeInstanceOf(InternalServerException);
    await expect(sdk.register()).resolves.toBeTruthy();
  });

  it('cuts the connection after the operation took effect', async () => {
    const { poll, userCode } = await sdk.startDevice();
    idc.approve(userCode);
    idc.faults.add({ operation: 'CreateToken', cut: 'after', times: 1 });
    await expect(poll()).rejects.toThrow();
    await expect(poll()).rejects.toBeInstanceOf(InvalidGrantException);
  });

  it('answers nobody late: what waits when faults are cleared never happened', async () => {
    idc.faults.add({ operation: 'RegisterClient', times: 1, delayMs: 60_000 });
    const late = expect(sdk.register()).rejects.toThrow('socket hang up');
    await until(() => !idc.faults.armed('RegisterClient'));
    idc.faults.clear();
    await late;
    expect(idc.requests).toEqual([]);
  });

  it('refuses and records what is not modelled', async () => {
    const response = await fetch(`${idc.httpUrl}/token?aws_iam=t`, { method: 'PUT' });
    expect(response.status).toBe(500);
    expect(idc.unexpected).toMatchObject([{ operation: 'PUT 127.0.0.1/token' }]);
  });

  it('keeps no secret in its journal', async () => {
    const { poll, userCode } = await sdk.startDevice();
    idc.approve(userCode);
    await poll();
    const journal = JSON.stringify(idc.requests);
    expect(idc.secrets.length).toBeGreaterThanOrEqual(4);
    for (const secret of idc.secrets) expect(journal).not.toContain(secret);
  });
});

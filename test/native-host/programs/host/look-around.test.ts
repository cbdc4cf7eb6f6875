import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKS } from '../../../../native-host/features/doctor/checks.ts';
import { until } from '../../../support/until.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';
import { type RealHost, startHost } from './real-host.ts';

let sandbox: Sandbox;
let host: RealHost;

beforeEach(() => {
  sandbox = makeSandbox();
  // Nothing of this test's network is asked.
  host = startHost({ home: sandbox.home, env: { HTTPS_PROXY: 'http://127.0.0.1:9' } });
});
afterEach(async () => {
  host.child.kill('SIGKILL');
  await host.ended;
  sandbox.remove();
});

describe('the host looks around', () => {
  it.runIf(process.platform === 'linux')('for known commands in a sign-in', async () => {
    const aws = join(sandbox.home, 'aws');
    writeFileSync(aws, '#!/bin/sh\nread line\n');
    chmodSync(aws, 0o755);
    const child = spawn(aws, ['sso', 'login', '--profile', 'marker'], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, HOME: sandbox.home },
    });
    try {
      const commands = async () => (await host.extension.call('signins.running', {})).commands;
      await until(async () => (await commands()).some(({ pid }) => pid === child.pid));
      const found = (await commands()).find(({ pid }) => pid === child.pid);
      expect(found).toEqual({
        command: 'aws sso login',
        pid: child.pid,
        startedAt: expect.any(Number),
        endpointOverride: false,
      });
      expect(JSON.stringify(host.frames)).not.toContain('marker');
    } finally {
      child.kill();
    }
  });

  it('with the checks of `awsher doctor`, without those about a shell and without a secret', async () => {
    mkdirSync(sandbox.paths.awsDir);
    writeFileSync(
      sandbox.paths.configFile,
      '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n[profile a]\naws_secret_access_key = marker-secret\n',
    );
    writeFileSync(sandbox.paths.credentialsFile, '[a]\naws_secret_access_key = marker-secret\n', {
      mode: 0o644,
    });
    const [one, two] = await Promise.all([
      host.extension.call('doctor.run', {}),
      host.extension.call('doctor.run', {}),
    ]);
    expect(two).toEqual(one);
    const wanted = CHECKS.filter(({ aboutShell }) => !aboutShell).map(({ id }) => id);
    expect(one.checks.map(({ id }) => id)).toEqual(wanted);
    for (const { state, text, next } of one.checks) {
      expect(text).not.toBe('');
      if (state === 'fail') expect(next).toEqual(expect.any(String));
    }
    // Nothing is registered for this home: that is what a person has to hear.
    expect(one.checks.find(({ id }) => id === 'manifests')?.state).not.toBe('ok');
    expect(one.checks.find(({ id }) => id === 'manifests')?.fixable).toBe(true);
    const mode = () => statSync(sandbox.paths.credentialsFile).mode & 0o777;
    expect(mode()).toBe(0o644);
    await host.extension.call('doctor.run', { fix: true });
    expect(mode()).toBe(0o600);
    const all = JSON.stringify(host.frames);
    expect(all).not.toContain('marker-secret');
    expect(all).not.toContain(sandbox.home);
    expect(host.junk()).toBe(false);
  }, 60_000);
});

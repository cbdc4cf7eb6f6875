import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServerClock } from '../../../../native-host/aws/calls/server-clock.ts';
import { dueAhead, dueSessions } from '../../../../native-host/aws/tokens/renewal-due.ts';
import {
  addNotes,
  fingerprint,
  type SessionNotes,
} from '../../../../native-host/aws/tokens/session-notes.ts';
import { writeToken } from '../../../../native-host/base/files/token-cache.ts';
import type { SsoToken } from '../../../../native-host/base/files/token-format.ts';
import { Secret } from '../../../../shared/secret.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function token(left: number, change: Partial<SsoToken> = {}): SsoToken {
  return {
    startUrl: 'https://d-123.awsapps.com/start',
    region: 'us-east-1',
    accessToken: new Secret('access'),
    expiresAt: NOW + left,
    clientId: 'client',
    clientSecret: new Secret('secret'),
    registrationExpiresAt: NOW + 90 * 24 * HOUR,
    refreshToken: new Secret('refresh'),
    ...change,
  };
}

const due = (given: SsoToken, notes: SessionNotes, now = NOW) =>
  dueAhead({ kind: 'token', token: given }, notes, { now, local: NOW });

describe('a token is due', () => {
  const usedAt = NOW - HOUR;
  it.each<[string, SsoToken, SessionNotes, number]>([
    ['with 20 minutes left', token(HOUR), { usedAt }, 40 * MINUTE],
    ['with half of a short life left', token(10 * MINUTE), { usedAt, lifeMs: 10 * MINUTE }, 5 * MINUTE],
    ['with 20 minutes of a long life left', token(8 * HOUR), { usedAt, lifeMs: 8 * HOUR }, 460 * MINUTE],
    ['already, when it is over', token(-HOUR), { usedAt }, -80 * MINUTE],
    ['already, when the portal refused it', token(HOUR), deadOf('access', usedAt), 0],
    ['as before, when the portal refused another one', token(HOUR), deadOf('other', usedAt), 40 * MINUTE],
    [
      'a minute after the last renewal at the earliest',
      token(MINUTE, {}),
      { usedAt, lifeMs: MINUTE, refreshedAt: NOW - 5_000 },
      55_000,
    ],
    [
      'a minute after the last failure at the earliest',
      token(MINUTE),
      { usedAt, refreshFailedAt: NOW - 5_000 },
      55_000,
    ],
    [
      'at once, when the last renewal is in a future that never was',
      token(MINUTE),
      { usedAt, refreshedAt: NOW + 5 * HOUR },
      -19 * MINUTE,
    ],
  ])('%s', (_when, given, notes, expected) => {
    expect(due(given, notes)).toBe(NOW + expected);
  });

  it("by AWS's clock, told in the machine's", () => {
    expect(due(token(HOUR), { usedAt }, NOW + 30 * MINUTE)).toBe(NOW + 10 * MINUTE);
    expect(due(token(HOUR), { usedAt }, NOW - 30 * MINUTE)).toBe(NOW + 70 * MINUTE);
  });

  it.each<[string, SsoToken, SessionNotes]>([
    ['was never used by awsher', token(0), {}],
    ['was last used more than a day ago', token(0), { usedAt: NOW - 24 * HOUR - 1 }],
    ['was last used in a future that never was', token(0), { usedAt: NOW + 25 * HOUR }],
    ['has no refresh token', token(0, { refreshToken: undefined }), { usedAt }],
    ['has a registration that is over', token(0, { registrationExpiresAt: NOW }), { usedAt }],
    [
      'has a refresh token that AWS rejected',
      token(0),
      { usedAt, rejectedRefresh: fingerprint(new Secret('refresh')) },
    ],
  ])('never, when it %s', (_when, given, notes) => {
    expect(due(given, notes)).toBeUndefined();
  });

  it('never, when there is none, or a broken one', () => {
    const times = { now: NOW, local: NOW };
    expect(dueAhead({ kind: 'none' }, { usedAt }, times)).toBeUndefined();
    expect(dueAhead({ kind: 'broken', reason: 'cut' }, { usedAt }, times)).toBeUndefined();
  });

  function deadOf(access: string, used: number): SessionNotes {
    return { usedAt: used, deadToken: fingerprint(new Secret(access)) };
  }
});

describe('the sessions of a config', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = makeSandbox();
  });
  afterEach(() => sandbox.remove());

  const list = () =>
    dueSessions(
      sandbox.paths,
      openServerClock(sandbox.paths, () => NOW),
    );

  function writeConfig(text: string): void {
    mkdirSync(sandbox.paths.awsDir, { recursive: true });
    writeFileSync(sandbox.paths.configFile, text);
  }

  function signedIn(key: string): void {
    writeToken(sandbox.paths, key, token(HOUR));
    addNotes(sandbox.paths, key, { usedAt: NOW - HOUR });
  }

  it('are listed once each, also those that only profiles name', () => {
    writeConfig(
      [
        '[sso-session corp]\nsso_start_url = https://d-123.awsapps.com/start\nsso_region = us-east-1',
        '[sso-session unused]\nsso_start_url = https://d-123.awsapps.com/start\nsso_region = us-east-1',
        '[sso-session half]\nsso_region = us-east-1',
        '[profile one]\nsso_session = corp',
        // The twin of a session: the session is who renews it.
        '[profile two]\nsso_start_url = https://d-123.awsapps.com/start/\nsso_region = us-east-1',
        '[profile three]\nsso_start_url = https://old.awsapps.com/start\nsso_region = eu-west-1',
        '[profile four]\nsso_start_url = https://old.awsapps.com/start\nsso_region = eu-west-1',
      ].join('\n'),
    );
    for (const key of ['corp', 'https://old.awsapps.com/start', 'not-in-the-config']) signedIn(key);
    writeToken(sandbox.paths, 'unused', token(HOUR));
    expect(list().map(({ subject, at }) => [subject.key, (at - NOW) / MINUTE])).toEqual([
      ['corp', 40],
      ['https://old.awsapps.com/start', 40],
    ]);
  });

  it('are none without a config, and an error with one that SDKs reject', () => {
    expect(list()).toEqual([]);
    writeConfig('[profile a]\n[profile a]\n');
    expect(list).toThrow(/line 2/);
  });
});

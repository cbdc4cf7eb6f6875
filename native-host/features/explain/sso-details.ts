import { existsSync } from 'node:fs';
import { roleSubject, type SsoRolePlan } from '../../aws/resolver/sso-role.ts';
import { readNotes } from '../../aws/tokens/session-notes.ts';
import { planToken, type TokenPlan } from '../../aws/tokens/token-plan.ts';
import { cliRegistrationFile, scopesOf } from '../../base/files/cli-registration.ts';
import { readJson } from '../../base/files/read-file.ts';
import { readToken, tokenFilePath } from '../../base/files/token-cache.ts';
import type { TokenFile } from '../../base/files/token-format.ts';
import { fieldsOf, textField } from '../../base/formats/json.ts';
import { type ConfigSection, textValue } from '../../base/formats/profiles.ts';
import { formatTimestamp, parseTimestamp } from '../../base/formats/token-dates.ts';
import type { ExplainDeps } from './question.ts';
import type { CacheFact, Fact, TokenFact } from './story.ts';

interface SsoDetails {
  readonly facts: readonly Fact[];
  readonly token: TokenFact;
  readonly caches: readonly CacheFact[];
}

/** Session, token, refresh and registration of a role of Identity Center, by the same functions that would use them. */
export function ssoDetails(deps: ExplainDeps, plan: SsoRolePlan): SsoDetails {
  const { paths, config, clock } = deps;
  const { session, startUrl } = plan.role;
  const section = session === null ? undefined : config.ssoSessions.get(session);
  const subject = roleSubject(deps, plan);
  const file = readToken(paths, subject.key);
  const times = { now: clock.now(), local: clock.local() };
  const decision = planToken(file, readNotes(paths, subject.key), times);
  const portal: Fact = {
    name: session === null ? 'portal' : 'sso-session',
    value: `${session === null ? '' : `${session}: `}${startUrl} in ${plan.region}`,
    place: section === undefined ? null : { file: section.file, line: section.line },
  };
  const token = tokenFact(tokenFilePath(paths, subject.key), subject, file, decision);
  const scopes = scopesOf(textValue(section, 'sso_registration_scopes'));
  const key = { region: plan.region, startUrl, session, scopes };
  return {
    facts: [portal, ...scopeFact(section, scopes)],
    token,
    caches: [
      {
        file: token.file,
        kind: 'token',
        exists: existsSync(token.file),
        sentence: token.sentence,
        expiresAt: token.expiresAt,
        usable: decision.kind === 'use',
      },
      ...twins(deps, subject.key, session === null ? [startUrl] : subject.legacyUrls),
      ...registration(cliRegistrationFile(paths, key), clock.now()),
    ],
  };
}

/** Without a scope AWS gives the CLI no refresh token; awsher asks for one all the same. */
function scopeFact(section: ConfigSection | undefined, scopes: readonly string[] | null): Fact[] {
  if (section === undefined || (scopes?.length ?? 0) > 0) return [];
  const place = { file: section.file, line: section.line };
  return [{ name: 'sso_registration_scopes', value: 'none: the AWS CLI cannot renew this sign-in', place }];
}

function tokenFact(
  file: string,
  { key, login }: { key: string; login: string },
  read: TokenFile,
  plan: TokenPlan,
): TokenFact {
  const token = read.kind === 'token' ? read.token : undefined;
  const date = (at: number | undefined) => (at === undefined ? null : formatTimestamp(at));
  return {
    file,
    key,
    decision: plan.kind,
    sentence: sentenceOf(read, plan),
    expiresAt: date(token?.expiresAt),
    hasRefreshToken: token?.refreshToken !== undefined,
    registrationExpiresAt: date(token?.registrationExpiresAt),
    login,
  };
}

/** What stands in place of a date where no token is. */
export const NO_TOKEN = 'none: nobody has signed in';

function sentenceOf(read: TokenFile, plan: TokenPlan): string {
  switch (plan.kind) {
    case 'use':
      return 'is good';
    case 'refresh':
      return plan.usable
        ? 'expires soon, and is renewed at the next use'
        : 'has expired, and is renewed at the next use';
    case 'sign-in':
      switch (plan.why) {
        case 'none':
          return NO_TOKEN;
        case 'broken':
          return `cannot be used: ${read.kind === 'broken' ? read.reason : 'it is broken'}`;
        case 'expired':
          return 'has expired and cannot be renewed';
        case 'session-over':
          return 'has expired, and AWS refused to renew it: the portal session has ended';
        case 'rejected':
          return 'was refused by the portal';
        default:
          return plan.why satisfies never;
      }
    default:
      return plan satisfies never;
  }
}

/** The same token under the start URL, for tools that do not know sso-session. */
function twins({ paths }: ExplainDeps, key: string, urls: readonly string[]): CacheFact[] {
  return urls
    .filter((url) => url !== key)
    .flatMap((url): CacheFact[] => {
      const file = tokenFilePath(paths, url);
      const read = readToken(paths, url);
      if (read.kind === 'none') return [];
      return [
        {
          file,
          kind: 'token-twin',
          exists: true,
          sentence: 'the token under the start URL, for tools that do not know sso-session',
          expiresAt: read.kind === 'token' ? formatTimestamp(read.token.expiresAt) : null,
          usable: false,
        },
      ];
    });
}

function registration(file: string, now: number): CacheFact[] {
  const end = textField(fieldsOf(readJson(file)), 'expiresAt');
  const expiresAt = end === undefined ? undefined : parseTimestamp(end);
  if (expiresAt === undefined) return [];
  const over = expiresAt <= now ? ', ended' : '';
  return [
    {
      file,
      kind: 'registration',
      exists: true,
      sentence: `the AWS CLI's own client registration${over}; nothing else reads it`,
      expiresAt: formatTimestamp(expiresAt),
      usable: false,
    },
  ];
}

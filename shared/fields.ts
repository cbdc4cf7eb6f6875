import * as v from 'valibot';
import { MAX_SAML_RESPONSE } from './aws/saml-hosts.ts';
import { FLOW_CHOICES } from './flows.ts';
import { MAX_FINDING, MAX_NAME, MAX_TEXT } from './limits.ts';
import { isPrintable, printable } from './printable.ts';
import { Secret } from './secret.ts';

/** Fields that several messages share. Text is bounded, and shows as it is. */

export const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME), v.check(isPrintable));
export const Text = v.pipe(v.string(), v.maxLength(MAX_TEXT), v.check(isPrintable));
const shown = v.transform((text: string) => printable(text, { keep: '\n' }));
/** Text of an answer, as a file or the system holds it: of any characters, which are made fit for a view on the way in. */
export const Answer = v.pipe(v.string(), v.maxLength(MAX_TEXT), shown);
/** An error that crosses a link (`AwsherError.toWire`). */
export const WireErrorIn = v.object({ code: Name, message: Answer, hint: v.optional(Answer) });
export const Url = v.pipe(v.string(), v.maxLength(4096), v.check(isPrintable));
export const Region = v.pipe(v.string(), v.regex(/^[a-z]{2,}(-[a-z]+)+-\d$/), v.maxLength(40));
/** Seconds since 1970. */
export const EpochSeconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ProtocolNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** The versions that a part speaks, from `oldest` to `protocol`; one alone where `oldest` is left out. */
export const Protocol = { protocol: ProtocolNumber, oldest: v.optional(ProtocolNumber) };
export const Pid = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const Scopes = v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w:.*/-]{1,200}$/))), v.maxLength(50));

/** A secret on its way in: wrapped the moment it is parsed. */
export const SecretIn = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_TEXT),
  v.transform((text) => new Secret(text)),
);

/** A SAML response as the IdP's page posted it. A bearer credential for minutes: wrapped, handed on, kept nowhere. */
export const SamlResponseIn = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_SAML_RESPONSE),
  v.transform((text) => new Secret(text)),
);

/** A profile's name as every SDK reads it. What is named otherwise is not told on. */
const Profile = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_\-/.%@:+]{1,64}$/));
export const isProfile = (text: string): boolean => v.is(Profile, text);

/** The program on this computer that asks for a sign-in; shown to the person, believed in nothing. */
export const Asker = v.object({
  /** The command line's first words, for example `awsher login` or `aws sso login`. */
  command: Name,
  pid: Pid,
  /** Names of the ancestors, nearest first. */
  parents: v.pipe(v.array(Name), v.maxLength(20)),
  /** Last part of its working folder. */
  folder: v.optional(Name),
  /** The profile for which it asks. Newer than protocol 1: who sends it sends the message again without (`withoutNewer`). */
  profile: v.optional(Profile),
  /** The coding agent that types the command; then nothing is approved without a question, unless a rule allows it. */
  agent: v.optional(Name),
  /** The settings of the command let agents sign in as persons do. As new as `profile`. */
  agentRule: v.optional(v.literal('allow')),
});
export type Asker = v.InferOutput<typeof Asker>;

/**
 * Why the person is asked before anything is opened: no known sign-in command stands behind it; an endpoint override may
 * have made another's request of it; or they want to be asked about everything.
 */
export const AskReason = v.picklist(['unknown-program', 'endpoint-override', 'setting']);
export type AskReason = v.InferOutput<typeof AskReason>;

/** Who asks, in the log: the command, and the coding agent that typed it. */
export function askedBy({ command, agent }: Pick<Asker, 'command' | 'agent'>): string {
  return agent === undefined ? command : `${command} (${agent})`.slice(0, MAX_NAME);
}

/** What a host or an extension from before `profile` understands. */
export function withoutNewer({ profile: _, agentRule: _rule, ...asker }: Asker): Asker {
  return asker;
}

/** What buys the refresh token, and so what is asked for when nobody names scopes. */
export const DEFAULT_SCOPES = ['sso:account:access'];

/** Which sign-in is meant. `session` is absent for a start URL that has no name yet. */
export const Target = v.object({
  session: Name,
  startUrl: Url,
  region: Region,
  scopes: Scopes,
});
export type Target = v.InferOutput<typeof Target>;

/** Where a sign-in goes: what the start URL means to AWS. */
export const FoundPortal = v.object({
  /** The address that AWS is asked about: the start URL in AWS's own form, or where a company's own address leads. */
  portal: Url,
  region: Region,
  /** The endpoints' family; `null`: nothing tells. */
  family: v.nullable(v.picklist(['ipv4', 'dual-stack'])),
  /** The way to the token that the settings name, or that led to one where the other did not. */
  flow: v.optional(v.picklist(FLOW_CHOICES)),
});
export type FoundPortal = v.InferOutput<typeof FoundPortal>;

const SESSION_STATES = ['valid', 'expiring', 'refreshable', 'expired', 'none', 'broken'] as const;

/** One session as `awsher status --json` and the popup show it. Dates are ISO 8601, UTC. */
export const SessionStatus = v.object({
  session: Name,
  startUrl: Url,
  region: Answer,
  state: v.picklist(SESSION_STATES),
  expiresAt: v.nullable(Answer),
  refreshableUntil: v.nullable(Answer),
  cacheFile: Answer,
});
export type SessionStatus = v.InferOutput<typeof SessionStatus>;
/** Whether it can be told to a browser: a config may name a session with anything. */
export const canBeTold = (status: SessionStatus): boolean => v.is(SessionStatus, status);

/** Text of the doctor: several lines, bounded. */
const Finding = v.pipe(v.string(), v.maxLength(MAX_FINDING), shown);

/** What one check of the doctor found. No secret; paths below the home directory begin with `~`. */
export const DoctorCheck = v.object({
  /** Stable, for programs: `manifests`, `handshake`... */
  id: Name,
  title: Name,
  state: v.picklist(['ok', 'fail', 'skip']),
  text: Finding,
  /** The next thing to do; every failure has one. */
  next: v.nullable(Finding),
  /** awsher can fix it itself; hosts before 1.0 do not say. */
  fixable: v.optional(v.boolean()),
});
export type DoctorCheck = v.InferOutput<typeof DoctorCheck>;

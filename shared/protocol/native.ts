import * as v from 'valibot';
import { LoggedDecision } from '../approval/decision-log.ts';
import { PageFacts } from '../approval/page-facts-schema.ts';
import {
  Answer,
  Asker,
  DoctorCheck,
  EpochSeconds,
  FoundPortal,
  Name,
  Pid,
  Protocol,
  Region,
  SamlResponseIn,
  Scopes,
  SecretIn,
  SessionStatus,
  Target,
  Text,
  Url,
} from '../fields.ts';
import { FLOW_CHOICES, FLOWS } from '../flows.ts';
import { HISTORY_PAGE, MAX_CHECKS, MAX_SAID_SESSIONS, MAX_SIGNINS } from '../limits.ts';
import { TOLD } from '../login/progress.ts';
import { SESSION_SETTINGS } from '../session-settings.ts';
import { ListenerWho } from './listener.ts';
import type { Surface } from './peer.ts';
import { CatalogueChanged, ROLE_METHODS } from './roles.ts';

/** Native messaging: the extension calls the host, and the host calls the extension, over one port. */

const Nothing = v.object({});

/** Kinds of browser come from `manifests/browsers.json`; the label tells two profiles of one browser apart. */
export const Hello = v.object({
  ...Protocol,
  version: Name,
  browser: Name,
  label: v.pipe(v.string(), v.maxLength(100)),
});

/** How a sign-in ended well. `how` tells whether the portal session was alive or a person was needed. */
export const SignedIn = v.object({
  expiresAt: Answer,
  cacheFile: Answer,
  browser: Answer,
  /** Without it: device. */
  flow: v.optional(v.picklist(FLOWS)),
});
export type SignedIn = v.InferOutput<typeof SignedIn>;

export const SigninStart = v.object({
  /** Chosen by the asking side; unique per terminal. Leaving and progress name it. */
  participant: Name,
  target: Target,
  asker: Asker,
  /** Keep the tab in front from the start. */
  watch: v.boolean(),
  /** The way that the person wants; without it: auto. */
  flow: v.optional(v.picklist(FLOW_CHOICES)),
  /** Only join an attempt that is already running (after a link was lost), never start one. */
  joinOnly: v.boolean(),
});
export type SigninStart = v.InferOutput<typeof SigninStart>;

/** An approval that another command asked AWS for, handed over to be opened and approved. */
export const HandOverOpen = v.object({
  url: Url,
  /** The command that asked AWS, not the one that hands over. */
  asker: Asker,
  /** A known sign-in command asked, and a PKCE answer goes to its own port: no question to the person. */
  silent: v.boolean(),
  /** Why a known sign-in command is asked about all the same: its codes do not come from AWS's own endpoint. */
  askBecause: v.optional(v.picklist(['endpoint-override'])),
});
export type HandOverOpen = v.InferOutput<typeof HandOverOpen>;

/** A SAML sign-in that a command of this computer asks for: its IdP's start page is opened, and one response read. */
export const SamlAsked = {
  /** As the person calls it in awsher's own settings. */
  name: Name,
  url: Url,
  asker: Asker,
};
export const SamlStart = v.object({ participant: Name, ...SamlAsked });
export type SamlStart = v.InferOutput<typeof SamlStart>;

export const SamlPosted = v.object({
  response: SamlResponseIn,
  /** The address of AWS's sign-in that it was posted to, as the browser reports it. */
  postedTo: Url,
  browser: Answer,
});

/**
 * An address of the AWS console that a command of this computer wants opened: a link of the portal, or one with a
 * SigninToken, which lets in whoever has it.
 */
export const ConsoleOpen = { params: v.object({ url: SecretIn }), result: Nothing };

/** A page of the log of decisions, newest first. A page of the longest possible entries is far below the message limit. */
export const HistoryList = {
  params: v.object({
    /** Only decisions older than the one with this id; `null` begins with the newest. */
    before: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(HISTORY_PAGE)),
  }),
  result: v.object({ decisions: v.pipe(v.array(LoggedDecision), v.maxLength(HISTORY_PAGE)) }),
};

const SigninProgress = v.object({ participant: Name, ...TOLD });

/** `startedAt` in milliseconds since 1970; `endpointOverride`: its codes do not come from AWS's own endpoint. */
const RunningSignIns = v.pipe(
  v.array(
    v.object({
      command: Name,
      pid: Pid,
      startedAt: v.number(),
      endpointOverride: v.optional(v.boolean()),
    }),
  ),
  v.maxLength(MAX_SIGNINS),
);

/** A session as the popup shows it: its status, and the person's name at AWS once it was seen. */
export const KnownSession = v.object({ ...SessionStatus.entries, who: v.optional(Answer) });
export type KnownSession = v.InferOutput<typeof KnownSession>;

/** The settings in `config.ini` that count in a browser, too: by session, and for all of them. */
export const ComputerSettings = v.object({
  noDeviceCodes: v.boolean(),
  sessions: v.pipe(v.array(v.object({ session: Name, ...SESSION_SETTINGS })), v.maxLength(MAX_SAID_SESSIONS)),
});
export type ComputerSettings = v.InferOutput<typeof ComputerSettings>;

/** What the host accepts from the extension. */
export const HOST = {
  methods: {
    hello: {
      params: Hello,
      result: v.object({ ...Protocol, version: Name, pid: Pid }),
    },
    /** Sessions of the config file with the state of their tokens; no token. */
    'sessions.list': { params: Nothing, result: v.object({ sessions: v.array(KnownSession) }) },
    /** What counts in a browser, too. Refused where it cannot be read, and by a host that is older: what was told before counts. */
    'settings.read': { params: Nothing, result: ComputerSettings },
    /** Writes what the person chose on the options page to `config.ini`. A host that is older refuses the message. */
    'settings.change': { params: v.partial(ComputerSettings), result: Nothing },
    /** Ends a sign-in as `awsher logout NAME` does; the name has to be one of the config. */
    'session.logout': {
      params: v.object({ session: Name }),
      /** `removed`: there was one. `warning`: what did not work, in one sentence. */
      result: v.object({ removed: v.boolean(), warning: v.nullable(Answer) }),
    },
    /**
     * Renews the token of a session of the config without a browser, as the person asked; `expiresAt` is `null` when only
     * a sign-in helps. A host that is older than this method refuses it as a message it does not know.
     */
    'session.renew': {
      params: v.object({ session: Name }),
      result: v.object({ expiresAt: v.nullable(Answer) }),
    },
    /**
     * Where a start URL leads; asks AWS's regions or a company's own address only for what it does not tell. A session's
     * name brings its own settings in. A host that is older refuses the message as one that it does not know.
     */
    'portal.find': {
      params: v.object({
        session: v.nullable(Name),
        startUrl: Url,
        region: v.nullable(Region),
        scopes: Scopes,
        /** What an administrator says of the session's endpoints goes before what the host knows. */
        endpoints: SESSION_SETTINGS.endpoints,
      }),
      result: FoundPortal,
    },
    /**
     * Finds the region in which AWS knows the portal of a session of the config and writes it there, as the person asked after
     * the one that the config has was refused. It takes a name alone.
     */
    'session.region': { params: v.object({ session: Name }), result: v.object({ region: Region }) },
    /** Changes a session of the config, as the person said on the options page; `region` is found out where it is `null`. */
    'session.edit': {
      params: v.object({ session: Name, startUrl: Url, region: v.nullable(Region) }),
      result: v.object({ region: Region }),
    },
    /** Facts about AWS's pages that are newer than those of the day `asOf`. A host that is older refuses the message. */
    'pages.facts': {
      params: v.object({ asOf: Name }),
      result: v.object({ facts: v.nullable(PageFacts) }),
    },
    /** A client registration that is still good for 15 minutes, or none. */
    'registration.find': {
      params: v.object({
        startUrl: Url,
        region: Region,
        scopes: Scopes,
        /** Without it: device. */
        flow: v.optional(v.picklist(FLOWS)),
        /** The very one that a sign-in under way began with, however little is left of it. */
        clientId: v.optional(Text),
      }),
      result: v.object({
        registration: v.nullable(
          v.object({ clientId: Text, clientSecret: SecretIn, expiresAt: EpochSeconds }),
        ),
      }),
    },
    'registration.save': {
      params: v.object({
        startUrl: Url,
        region: Region,
        scopes: Scopes,
        flow: v.optional(v.picklist(FLOWS)),
        clientId: Text,
        clientSecret: SecretIn,
        expiresAt: EpochSeconds,
      }),
      result: Nothing,
    },
    /** The end of a sign-in: the host checks, writes the token file, and answers where. */
    'token.store': {
      params: v.object({
        target: Target,
        /** The client that got the token: it is the one that may refresh it. The host has kept it. */
        clientId: v.optional(Text),
        /** An older extension names it here; its copy of the secret is not read. */
        client: v.optional(v.object({ clientId: Text })),
        accessToken: SecretIn,
        refreshToken: v.optional(SecretIn),
        /** Life of the access token in seconds from now. */
        expiresIn: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100 * 24 * 3600)),
        /** The host also writes the `[sso-session]`; terminals do that themselves, in their own environment. */
        writeSection: v.boolean(),
        /** The way that led to it where another one did not: it is gone first next time. */
        flow: v.optional(v.picklist(FLOWS)),
      }),
      result: v.object({ cacheFile: Answer, expiresAt: Answer }),
    },
    /** Did a command on this computer ask for the code with this SHA-256 (hex) in the last ten minutes? */
    'vouch.find': {
      params: v.object({ codeHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
      result: v.object({ asker: v.nullable(Asker) }),
    },
    /**
     * Known sign-in commands of this person that run and were started in the last ten minutes, newest first. The
     * command is its name and subcommand (`aws sso login`), never its arguments.
     */
    'signins.running': { params: Nothing, result: v.object({ commands: RunningSignIns }) },
    /**
     * Who waits on a port of this computer for the answer of a PKCE request that the browser was asked for. A host that
     * is older refuses the message as one that it does not know.
     */
    'listener.who': ListenerWho,
    /** The checks of `awsher doctor`, with `fix` those of `--fix`, in its order; takes seconds. */
    'doctor.run': {
      params: v.object({ fix: v.optional(v.boolean()) }),
      result: v.object({ checks: v.pipe(v.array(DoctorCheck), v.maxLength(MAX_CHECKS)) }),
    },
    ...ROLE_METHODS,
  },
  notifications: {
    'signin.progress': { params: SigninProgress },
  },
} satisfies Surface;

/** What the extension accepts from the host. */
export const EXTENSION = {
  methods: {
    /** Waits until the sign-in has ended; fails with the reason otherwise. */
    'signin.start': { params: SigninStart, result: SignedIn },
    /** Answered as soon as it is in the book; the approval goes on by itself. */
    'handover.open': { params: HandOverOpen, result: Nothing },
    /** Opens the IdP's page and waits for its response to AWS, once, for five minutes. `signin.leave` ends it. */
    'saml.start': { params: SamlStart, result: SamlPosted },
    /** Opens a tab in front; answered when it is there. */
    'console.open': ConsoleOpen,
    /** What was decided about the pages of this browser. */
    'history.list': HistoryList,
  },
  notifications: {
    /** The terminal went away; the last one to leave cancels the attempt. */
    'signin.leave': { params: v.object({ participant: Name }) },
    /** Something changed in `~/.aws`: open views should ask again. */
    'sessions.changed': { params: Nothing },
    /** An update of a session's accounts and roles goes on, or has ended. */
    'catalogue.changed': { params: CatalogueChanged },
  },
} satisfies Surface;

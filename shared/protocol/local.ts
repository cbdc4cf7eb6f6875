import * as v from 'valibot';
import { Answer, Asker, Name, Pid, Protocol, Target } from '../fields.ts';
import { FLOW_CHOICES } from '../flows.ts';
import { TOLD } from '../login/progress.ts';
import { ConsoleOpen, HandOverOpen, HistoryList, SamlAsked, SamlPosted, SignedIn } from './native.ts';
import type { Surface } from './peer.ts';

/** The local socket between commands and the hosts of this computer. One JSON object a line. */

/** What the host accepts from a command. */
export const LOCAL_HOST = {
  methods: {
    hello: {
      params: v.object({ ...Protocol, version: Name }),
      result: v.object({
        ...Protocol,
        version: Name,
        pid: Pid,
        browser: Name,
        label: Answer,
        extensionVersion: Answer,
      }),
    },
    /**
     * Where the host reads what these variables name, and how it reaches AWS: its environment is the browser's. No key of `hello`, whose answer the
     * first commands refuse with a key that they do not know.
     */
    'places.read': {
      params: v.object({}),
      result: v.object({
        AWS_CONFIG_FILE: Answer,
        AWS_SHARED_CREDENTIALS_FILE: Answer,
        AWS_CA_BUNDLE: Answer,
        XDG_CONFIG_HOME: Answer,
        /** The proxy to AWS, as `proxyToAws` gives it: of a name and password 16 bits of a hash. */
        proxy: Answer,
      }),
    },
    /** Relayed to the extension; waits until the sign-in has ended. Closing the socket leaves the attempt. */
    'signin.start': {
      params: v.object({
        target: Target,
        asker: Asker,
        watch: v.boolean(),
        flow: v.optional(v.picklist(FLOW_CHOICES)),
        joinOnly: v.boolean(),
      }),
      result: SignedIn,
    },
    /** Relayed to the extension, which answers at once; nobody waits for the approval. */
    'handover.open': { params: HandOverOpen, result: v.object({}) },
    /** Relayed to the extension; the response goes to the command that asked, and closing the socket gives it up. */
    'saml.start': { params: v.object(SamlAsked), result: SamlPosted },
    /** Relayed to the extension. */
    'console.open': ConsoleOpen,
    'history.list': HistoryList,
  },
  notifications: {
    'sessions.changed': { params: v.object({}) },
  },
} satisfies Surface;

/** What a command accepts from the host. */
export const LOCAL_COMMAND = {
  methods: {},
  notifications: {
    'signin.progress': { params: v.object(TOLD) },
  },
} satisfies Surface;

import * as v from 'valibot';
import { Answer, Asker, Name } from '../fields.ts';

/** Who listens on a port of this computer, as the host found it. Times are milliseconds since 1970. */
export const Listener = v.object({
  /** Its program, or the known sign-in command that it is, with its ancestors; `unknown` where another user listens. */
  asker: Asker,
  /** Whole path of the program, or of the script that an interpreter runs. */
  executable: v.nullable(v.pipe(Answer, v.maxLength(1_000))),
  /** `executable` names one program, to which the person may say yes for good. */
  trustable: v.boolean(),
  /** Its name in awsher's table of sign-in tools. */
  tool: v.nullable(Name),
  /** It is a process of this user. */
  own: v.boolean(),
  /** It can be reached from this computer alone. */
  loopback: v.boolean(),
  /** One process alone has the socket open. */
  alone: v.boolean(),
  /** The browser's loopback address is the one on which it listens. */
  sameNetwork: v.boolean(),
  /** Since when: the socket where the system tells, else the process; `null` for a program that runs all day. */
  since: v.nullable(v.number()),
  /** A coding agent runs it, and the settings let none sign in. */
  agentDenied: v.boolean(),
  /** Its requests may not come from AWS's own endpoint. */
  endpointOverride: v.boolean(),
});

export type Listener = v.InferOutput<typeof Listener>;

import * as v from 'valibot';
import { FLOW_CHOICES } from './flows.ts';

/** Where the start URL (`*.awsapps.com`) does not tell them. */
const ENDPOINTS = ['auto', 'ipv4', 'dual-stack'] as const;

const choice = <const T extends readonly string[]>(choices: T) =>
  v.optional(v.picklist(choices, `is not one of ${choices.join(', ')}`));

/**
 * What can be said of one session: under `[sessions.NAME]` in `config.ini` and in a team's file, in `sessions` of an administrator's policy, and
 * on the options page, which writes `config.ini`. A row is a setting; its first choice is what counts where nobody says anything.
 */
export const SESSION_SETTINGS = {
  /** The way to its tokens. */
  flow: choice(FLOW_CHOICES),
  /** The family of its endpoints. */
  endpoints: choice(ENDPOINTS),
};
export const SessionSettings = v.object(SESSION_SETTINGS);
export type SessionSettings = v.InferOutput<typeof SessionSettings>;
/** Whose they are. */
export interface SaidOfSession extends SessionSettings {
  session: string;
}
export const saidOfSession = (said: readonly SaidOfSession[], session: string): SessionSettings =>
  said.find((one) => one.session === session) ?? {};
export type SessionSetting = keyof SessionSettings;
export const SETTINGS_OF_SESSIONS = v.keyof(SessionSettings).options;

/** The choices of a setting, the one that counts by itself first. */
export const choicesOf = <K extends SessionSetting>(name: K) => SESSION_SETTINGS[name].wrapped.options;

/** Settings without what counts anyway. */
export const saidOf = (settings: SessionSettings): SessionSettings =>
  Object.fromEntries(
    SETTINGS_OF_SESSIONS.filter((name) => (settings[name] ?? 'auto') !== 'auto').map((name) => [
      name,
      settings[name],
    ]),
  );

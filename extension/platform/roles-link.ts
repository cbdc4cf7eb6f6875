import * as v from 'valibot';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { type CatalogueChanged, RolesMessage, type RolesRequest } from '../../shared/protocol/roles.ts';
import { api, type Port } from './api.ts';

export type RolesAsk = RolesRequest['ask'];
export type RolesAnswer = Exclude<RolesMessage, { type: 'failed' | 'progress' }>;

export interface RolesLink {
  /** Throws AwsherError: what the host or the background says, or HOST_LOST when the background went away. */
  ask(ask: RolesAsk): Promise<RolesAnswer>;
  close(): void;
}

/**
 * The popup's line to the background for accounts and roles. Opened by the first question, and again after the worker
 * was put to sleep; what was open then has failed.
 */
export function openRolesLink(onProgress: (progress: CatalogueChanged) => void): RolesLink {
  const waiting = new Map<
    number,
    { resolve: (answer: RolesAnswer) => void; reject: (error: AwsherError) => void }
  >();
  let port: Port | null = null;
  let nextId = 1;

  const open = (): Port => {
    const opened = api.runtime.connect({ name: 'roles' });
    opened.onMessage.addListener((message: unknown) => {
      const parsed = v.safeParse(RolesMessage, message);
      if (!parsed.success) return;
      const said = parsed.output;
      if (said.type === 'progress') {
        onProgress(said.progress);
        return;
      }
      const entry = waiting.get(said.id);
      waiting.delete(said.id);
      if (said.type === 'failed') entry?.reject(AwsherError.fromWire(said.error));
      else entry?.resolve(said);
    });
    opened.onDisconnect.addListener(() => {
      if (port === opened) port = null;
      for (const { reject } of waiting.values()) reject(lost());
      waiting.clear();
    });
    return opened;
  };

  return {
    ask(ask) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        try {
          port ??= open();
          port.postMessage({ id, ask } satisfies RolesRequest);
        } catch {
          waiting.delete(id);
          port = null;
          reject(lost());
        }
      });
    },
    close() {
      port?.disconnect();
      port = null;
      waiting.clear();
    },
  };
}

function lost(): AwsherError {
  return new AwsherError('HOST_LOST', 'The extension restarted. Try again.');
}

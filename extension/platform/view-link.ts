import * as v from 'valibot';
import type { LoggedDecision } from '../../shared/approval/decision-log.ts';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import { ViewMessage, type ViewRequest, type ViewState } from '../../shared/protocol/internal.ts';
import { api } from './api.ts';
import { startTimer as startRealTimer } from './time.ts';

/** The part of `runtime.Port` that a view needs. */
export interface ViewPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

export interface ViewLink {
  /** Sends now, or as soon as the worker is back. */
  send(request: ViewRequest): void;
  close(): void;
}

export interface ViewLinkOptions {
  onState: (state: ViewState) => void;
  /** The last request was refused. */
  onRefused: (error: WireError) => void;
  /** The answer to `doctor.run`. */
  onDoctor?: (report: Extract<ViewMessage, { type: 'doctor' }>) => void;
  /** The log of decisions, newest first, after `history.watch`. */
  onHistory?: (decisions: LoggedDecision[]) => void;
  /** The background cannot be reached, or has sent nothing that is a state. A later state ends it. */
  onLost?: () => void;
  connect?: () => ViewPort;
  startTimer?: (milliseconds: number, expired: () => void) => () => void;
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 4_000;
const LOST_AFTER = 5;
const SILENCE_MS = 5_000;

/**
 * A view's link to the background. The worker may be asleep or be replaced at any time, so the port is opened again
 * with growing pauses; opening it is also what wakes the worker. Every message is parsed; what does not parse is no
 * state and is left out.
 */
export function openViewLink(options: ViewLinkOptions): ViewLink {
  const { onState, onRefused, onLost, startTimer = startRealTimer } = options;
  const connect = options.connect ?? (() => api.runtime.connect({ name: 'view' }));
  let port: ViewPort | null = null;
  let failures = 0;
  let closed = false;
  let stopTimer = () => {};
  let waiting: ViewRequest[] = [];
  let watchesHistory = false;
  const stopSilence = startTimer(SILENCE_MS, () => onLost?.());

  const again = (): void => {
    if (closed) return;
    failures += 1;
    if (failures === LOST_AFTER) onLost?.();
    stopTimer = startTimer(Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS), open);
  };

  const open = (): void => {
    if (closed) return;
    let opened: ViewPort;
    try {
      opened = connect();
    } catch {
      again();
      return;
    }
    port = opened;
    opened.onMessage.addListener((message) => {
      if (closed || port !== opened) return;
      const parsed = v.safeParse(ViewMessage, message);
      if (!parsed.success) return;
      failures = 0;
      stopSilence();
      heard(parsed.output);
    });
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return;
      port = null;
      again();
    });
    // What a worker was told once is lost with it.
    const unsent: ViewRequest[] =
      watchesHistory && !waiting.some(({ type }) => type === 'history.watch')
        ? [{ type: 'history.watch' }, ...waiting]
        : waiting;
    waiting = [];
    for (const request of unsent) send(request);
  };

  const heard = (message: ViewMessage): void => {
    switch (message.type) {
      case 'state':
        onState(message.state);
        return;
      case 'history':
        options.onHistory?.(message.decisions);
        return;
      case 'doctor':
        options.onDoctor?.(message);
        return;
      case 'refused':
        onRefused(message.error);
    }
  };

  const send = (request: ViewRequest): void => {
    if (closed) return;
    if (request.type === 'history.watch') watchesHistory = true;
    try {
      if (!port) throw new Error('no port');
      port.postMessage(request);
    } catch {
      // A port can be dead before its disconnect event has come: keep what the person asked for.
      waiting.push(request);
    }
  };

  open();
  return {
    send,
    close() {
      closed = true;
      stopTimer();
      stopSilence();
      port?.disconnect();
      port = null;
    },
  };
}

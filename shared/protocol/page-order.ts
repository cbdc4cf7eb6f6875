import type { PageOrder, WaitingHere } from './internal.ts';
import { MAX_NAME, PRINTABLE } from './limits.ts';

/**
 * `PageOrder` without the schema library, which would be half of a content script that AWS's pages have to load. A test
 * holds the two against each other, message by message. `null`: not an order.
 */
export function readPageOrder(message: unknown): PageOrder | null {
  const fields = fieldsOf(message);
  const act = fields?.get('do');
  if (!fields) return null;
  switch (act) {
    case 'nothing':
    case 'watch':
    case 'withdraw-notice':
      return fields.size === 1 ? { do: act } : null;
    case 'press': {
      const [step, nonce] = [fields.get('step'), fields.get('nonce')];
      if (fields.size !== 3 || !isName(nonce)) return null;
      return step === 'confirm' || step === 'allow' ? { do: act, step, nonce } : null;
    }
    case 'notice': {
      const [kind, waiting] = [fields.get('kind'), fields.get('waiting')];
      if (fields.size !== 3 || (kind !== 'code' && kind !== 'consent')) return null;
      if (waiting === null) return { do: act, kind, waiting };
      if (!Array.isArray(waiting)) return null;
      const read = waiting.map(readWaiting).filter((one) => one !== null);
      return read.length === waiting.length ? { do: act, kind, waiting: read } : null;
    }
    case 'hint': {
      const hint = fields.get('hint');
      if (fields.size !== 2) return null;
      return hint === 'please-click' || hint === 'sign-in-goes-on' ? { do: act, hint } : null;
    }
    default:
      return null;
  }
}

function readWaiting(item: unknown): WaitingHere | null {
  const fields = fieldsOf(item);
  if (fields?.size !== 3) return null;
  const [command, session, startedAt] = [
    fields.get('command'),
    fields.get('session'),
    fields.get('startedAt'),
  ];
  if (!isName(command) || !(session === null || isName(session)) || typeof startedAt !== 'number')
    return null;
  return Number.isNaN(startedAt) ? null : { command, session, startedAt };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME && PRINTABLE.test(value);
}

function fieldsOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

/** The background's word to the tab that it opened: look at the page, whatever its address. */
export function isPageCall(message: unknown): boolean {
  const fields = fieldsOf(message);
  return fields?.size === 1 && fields.get('do') === 'look';
}

import { isUserCode } from '../approval/user-code.ts';
import { MAX_NAME, MAX_TEXT } from '../limits.ts';
import { isPrintable } from '../printable.ts';
import { NOTICE_STATES, NOTICE_WORDS, type NoticeWord } from './notice-words.ts';
import type { PageLook, PageOrder, WaitingHere } from './page.ts';

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
    case 'read-by': {
      const facts = fields.get('facts');
      return fields.size === 2 && isText(facts) ? { do: act, facts } : null;
    }
    case 'press': {
      const [step, nonce, address] = [fields.get('step'), fields.get('nonce'), fields.get('address')];
      if (fields.size !== 4 || !isName(nonce) || !isText(address)) return null;
      return step === 'confirm' || step === 'allow' ? { do: act, step, nonce, address } : null;
    }
    case 'notice': {
      const [id, host, code] = [fields.get('id'), fields.get('host'), fields.get('code')];
      const state = NOTICE_STATES.find((one) => one === fields.get('state'));
      const look = readLook(fields.get('look'));
      const [words, waiting] = [fields.get('words'), fields.get('waiting')];
      if (fields.size !== 8 || !isName(id) || !isName(host) || !state || !look || !areWords(words))
        return null;
      if (!(code === null || (typeof code === 'string' && isUserCode(code)))) return null;
      const notice = { do: act, id, state, code, host, look, words } as const;
      if (waiting === null) return { ...notice, waiting };
      if (!Array.isArray(waiting)) return null;
      const read = waiting.map(readWaiting).filter((one) => one !== null);
      return read.length === waiting.length ? { ...notice, waiting: read } : null;
    }
    case 'hint': {
      const look = readLook(fields.get('look'));
      const line = fields.get('line');
      return fields.size === 3 && look && isText(line) ? { do: act, look, line } : null;
    }
    default:
      return null;
  }
}

function readWaiting(item: unknown): WaitingHere | null {
  const fields = fieldsOf(item);
  if (fields?.size !== 4) return null;
  const [command, session] = [fields.get('command'), fields.get('session')];
  const [startedAt, line] = [fields.get('startedAt'), fields.get('line')];
  if (!isName(command) || !(session === null || isName(session)) || !isText(line)) return null;
  if (typeof startedAt !== 'number' || Number.isNaN(startedAt)) return null;
  return { command, session, startedAt, line };
}

function readLook(value: unknown): PageLook | null {
  const fields = fieldsOf(value);
  if (fields?.size !== 3) return null;
  const [language, direction, css] = [fields.get('language'), fields.get('direction'), fields.get('css')];
  if (!isName(language) || (direction !== 'ltr' && direction !== 'rtl') || !isText(css)) return null;
  return { language, direction, css };
}

function areWords(value: unknown): value is Record<NoticeWord, string> {
  const fields = fieldsOf(value);
  return fields?.size === NOTICE_WORDS.length && NOTICE_WORDS.every((name) => isText(fields.get(name)));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT && isPrintable(value);
}

function isName(value: unknown): value is string {
  return isText(value) && value !== '' && value.length <= MAX_NAME;
}

function fieldsOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

/** `PageCall`, likewise; `null`: no word of the background's. */
export function readPageCall(message: unknown): 'look' | 'outline' | null {
  const fields = fieldsOf(message);
  const call = fields?.size === 1 ? fields.get('do') : null;
  return call === 'look' || call === 'outline' ? call : null;
}

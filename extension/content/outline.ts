/** Names that a page's makers gave: words, with no number that could be somebody's. */
const NAME = /^[\p{L}\p{M}_ ’'-]{1,60}$/u;
const MAX_LINES = 120;

/**
 * The shape of a page that awsher does not know, for whoever has to teach it: tags, ids, data attributes and the words on
 * buttons. No other text, and nothing with a digit in it: no code, no address, no number of an account. At the head of a page
 * a button may be the person's own name.
 */
export function outline(): string[] {
  const lines: string[] = [];
  for (const element of document.querySelectorAll('body *')) {
    if (lines.length === MAX_LINES) break;
    const { id, localName, attributes } = element;
    const marks = [...attributes]
      .filter(({ name }) => name.startsWith('data-'))
      .map(({ name, value }) => `[${known(name)}="${known(value)}"]`);
    const isButton = element.matches('button, [role=button], input[type=submit]');
    if (id === '' && marks.length === 0 && !isButton && !/^(form|input|main|h\d)$/.test(localName)) continue;
    const atHead = element.closest('header, nav, [role=banner], [role=navigation]') !== null;
    const words = isButton ? ` "${atHead ? '…' : known((element.textContent ?? '').trim())}"` : '';
    lines.push(`${localName}${id && `#${known(id)}`}${marks.join('')}${words}`.slice(0, 200));
  }
  return lines;
}

const known = (text: string): string => (NAME.test(text) ? text : '…');

/**
 * The sections of a config file whose header is wanted, as text, for readers that need a few of ten thousand. A section
 * runs from a `[` in the first column to the next one, which is where every parser begins anew, so that the parts read as
 * they would in the whole. `null` when the file does not begin with a section, comments or blank lines apart.
 */
export function selectSections(text: string, wanted: (header: string) => boolean): string | null {
  const first = text.startsWith('[') ? 0 : text.indexOf('\n[') + 1;
  if (first === 0 && !text.startsWith('[')) return isSilent(text) ? '' : null;
  if (!isSilent(text.slice(0, first))) return null;
  let selected = '';
  for (let start = first; start < text.length; ) {
    const next = text.indexOf('\n[', start + 1);
    const end = next === -1 ? text.length : next + 1;
    const close = text.indexOf(']', start + 2);
    if (close !== -1 && close < end && wanted(text.slice(start + 1, close)))
      selected += text.slice(start, end);
    start = end;
  }
  return selected;
}

function isSilent(text: string): boolean {
  return text.split('\n').every((line) => /^(?:[#;]|\s*$)/.test(line));
}

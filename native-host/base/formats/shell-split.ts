/**
 * A `credential_process` line as program and arguments, without a shell: Python's `shlex.split` on POSIX, the rules of
 * Microsoft's C runtime on Windows (botocore/compat.py `compat_shell_split`). Undefined for an open quote.
 */
export function commandWords(line: string, platform: string): string[] | undefined {
  return platform === 'win32' ? windowsWords(line) : posixWords(line);
}

/** Python's `shlex.split`; undefined for an open quote or a backslash at the end. */
export function posixWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === "'") {
      const end = line.indexOf("'", at + 1);
      if (end === -1) return undefined;
      word = (word ?? '') + line.slice(at + 1, end);
      at = end;
    } else if (character === '"') {
      word ??= '';
      for (at++; line.charAt(at) !== '"'; at++) {
        if (at >= line.length) return undefined;
        // Inside double quotes a backslash only escapes itself and the quote.
        if (line.charAt(at) === '\\' && /["\\]/.test(line.charAt(at + 1))) at++;
        word += line.charAt(at);
      }
    } else if (character === '\\') {
      if (++at >= line.length) return undefined;
      word = (word ?? '') + line.charAt(at);
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** botocore/compat.py `_windows_shell_split`. */
function windowsWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  let backslashes = 0;
  for (const character of line) {
    if (character === '\\') {
      backslashes++;
      continue;
    }
    if (character === '"') {
      word = (word ?? '') + '\\'.repeat(Math.floor(backslashes / 2));
      if (backslashes % 2 === 1) word += '"';
      else quoted = !quoted;
    } else {
      if (backslashes > 0) word = (word ?? '') + '\\'.repeat(backslashes);
      if ((character === ' ' || character === '\t') && !quoted) {
        if (word !== undefined) words.push(word);
        word = undefined;
      } else {
        word = (word ?? '') + character;
      }
    }
    backslashes = 0;
  }
  if (quoted) return undefined;
  if (backslashes > 0) word = (word ?? '') + '\\'.repeat(backslashes);
  return word === undefined ? words : [...words, word];
}

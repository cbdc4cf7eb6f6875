// What `npm start` shows: one aligned line per step, with its time, as it happens. Only Node's own modules may be
// imported here, because it is used before any package is installed.

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
/** Columns in front of a text: two spaces, a mark, eight for the time, two spaces. */
const MARGIN = 13;

/** A screen on a stream. It moves and has colours on a terminal, and is plain lines everywhere else. */
export function createScreen(stream = process.stdout, env = process.env) {
  const moves = stream.isTTY === true && env.TERM !== 'dumb';
  const coloured = moves && !env.NO_COLOR;
  const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const style = { bold: paint(1), dim: paint(2), green: paint(32), red: paint(31), cyan: paint(36) };
  /** @type {{ label: string, startedAt: number, frame: number, timer: NodeJS.Timeout | undefined } | null} */
  let active = null;
  let closed = false;

  stream.on?.('error', () => {});

  const draw = () => {
    if (active === null) return;
    const seconds = timeOf(performance.now() - active.startedAt);
    const frame = FRAMES[active.frame++ % FRAMES.length];
    const label = active.label.slice(0, Math.max(10, (stream.columns || 80) - MARGIN - 2));
    stream.write(`\r\u001b[K  ${style.cyan(frame)}${style.dim(seconds)}  ${style.dim(label)}`);
  };
  const write = (text) => {
    if (closed) return;
    stream.write(active && moves ? `\r\u001b[K${text}\n` : `${text}\n`);
    if (active && moves) draw();
  };
  /** A text of any length beside a margin, which is repeated by `more` on its further lines. */
  const beside = (first, more, text) => {
    const room = moves ? Math.max(30, (stream.columns || 80) - MARGIN - more.length - 1) : Infinity;
    wrap(text, room).forEach((line, index) => {
      write(`${index === 0 ? first : `${' '.repeat(MARGIN)}${more}`}${line}`);
    });
  };
  const end = () => {
    if (!active) return;
    clearInterval(active.timer);
    active = null;
    if (moves && !closed) stream.write('\r\u001b[K\u001b[?25h');
  };

  return {
    style,
    title(words, more) {
      write(`\n  ${style.bold(words)}`);
      for (const line of wrap(more, Math.min(96, (stream.columns || 100) - 4))) write(`  ${style.dim(line)}`);
    },
    chapter(words) {
      write(`\n  ${style.bold(words)}`);
    },
    command(line) {
      beside(`${' '.repeat(MARGIN)}${style.cyan('$')} `, '    ', style.bold(line));
    },
    quote(line) {
      const bar = style.dim('│ ');
      const room = moves ? Math.max(30, (stream.columns || 80) - MARGIN - 3) : Infinity;
      for (const part of wrap(printable(line), room)) write(`${' '.repeat(MARGIN)}${bar}${part}`);
    },
    note(line) {
      beside(' '.repeat(MARGIN), '', style.dim(line));
    },
    /** Shows a step while `work` lasts; then its mark, its time and what came of it. */
    async step(label, work, done, { slow = false } = {}) {
      const startedAt = performance.now();
      if (slow && !moves) write(`  ·${' '.repeat(MARGIN - 3)}${label}`);
      active = { label, startedAt, frame: 0, timer: undefined };
      if (moves && !closed) {
        stream.write('\u001b[?25l');
        draw();
        active.timer = setInterval(draw, FRAME_MS);
      }
      const line = (mark, text) =>
        beside(`  ${mark}${style.dim(timeOf(performance.now() - startedAt))}  `, '', text);
      try {
        const result = await work();
        end();
        line(style.green('✓'), typeof done === 'function' ? done(result) : (done ?? label));
        return result;
      } catch (error) {
        end();
        line(style.red('✗'), label);
        throw error;
      }
    },
    /** The last line: how it ended, and beside it something small. */
    finish(words, { mark = '', more = '' } = {}) {
      write(
        `\n  ${mark === '' ? '' : `${style.green(mark)} `}${style.bold(words)} ${style.dim(more)}`.trimEnd(),
      );
      write('');
    },
    /** One sentence, below it the command to type next, and what the failed part said. */
    fail(sentence, output = '', next = '') {
      const room = moves ? Math.max(30, (stream.columns || 80) - 5) : Infinity;
      wrap(sentence, room).forEach((line, index) => {
        write(index === 0 ? `\n  ${style.red('✗')} ${style.bold(line)}` : `    ${style.bold(line)}`);
      });
      if (next !== '') write(`\n    ${style.cyan('$')} ${next}`);
      const lines = excerpt(printable(output).trim().split('\n'));
      if (lines.length > 1 || lines[0]) write('');
      for (const line of lines) if (line || lines.length > 1) this.quote(line.trimEnd().slice(0, 400));
      write('');
    },
    /** Nothing is shown any more; the cursor is back. */
    close() {
      end();
      closed = true;
    },
  };
}

/** `  0.6 s`, eight columns wide. */
function timeOf(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);
}

/** Cuts a text into lines of at most `room` columns, between words where it can; colour codes take no room. */
function wrap(text, room) {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lines = [];
  let line = indent;
  let isNew = true;
  for (const word of text
    .slice(indent.length)
    .split(' ')
    .flatMap((one) => chop(one, room - indent.length))) {
    if (!isNew && printable(line).length + 1 + printable(word).length > room) {
      lines.push(line);
      line = indent;
      isNew = true;
    }
    line += isNew ? word : ` ${word}`;
    isNew = false;
  }
  return [...lines, line];
}

/** A word that is longer than a line, in pieces, behind a slash where there is one; a coloured one stays whole. */
function chop(word, room) {
  if (word.length <= room || word.includes('\u001b')) return [word];
  const slash = word.lastIndexOf('/', room - 1);
  const end = slash > room / 2 ? slash + 1 : room;
  return [word.slice(0, end), ...chop(word.slice(end), room)];
}

/** The beginning and the end of a long output: what is wrong stands in one of them. */
function excerpt(lines) {
  if (lines.length <= 24) return lines;
  return [...lines.slice(0, 12), '…', ...lines.slice(-11)];
}

/** Without escape sequences and control characters, so that a program's output cannot move the cursor. */
function printable(text) {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

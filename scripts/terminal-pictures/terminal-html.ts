/** How a terminal's screen looks: `tmux capture-pane -e` as one page for a browser to draw. */

const COLORS = ['#484f58', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#c9d1d9'];
const BRIGHT = ['#6e7681', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#b3f0ff', '#ffffff'];

export interface Look {
  color?: string;
  background?: string;
  bold?: boolean;
  dim?: boolean;
  inverse?: boolean;
  underline?: boolean;
}

/** The lines of a screen, each in pieces of one look. */
export function spansOf(screen: string): { text: string; look: Look }[][] {
  let look: Look = {};
  return screen
    .replace(/\s+$/, '')
    .split('\n')
    .map((line) =>
      line.split(/(\u001b\[[0-9;]*m)/).flatMap((text) => {
        const codes = /^\u001b\[([0-9;]*)m$/.exec(text)?.[1];
        if (codes === undefined) return text === '' ? [] : [{ text, look }];
        look = changed(look, codes.split(';').map(Number));
        return [];
      }),
    );
}

/** A page that shows the lines in a window of so many columns, in dark colours. */
export function terminalPage(screen: string, columns: number): string {
  const body = spansOf(screen).map((line) => {
    const html = line
      .map(({ text, look }) => `<span style="${styleOf(look)}">${escaped(text)}</span>`)
      .join('');
    return `<div>${html || ' '}</div>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0}
main{display:inline-block;padding:14px 18px 18px;border-radius:10px;background:#0d1117;color:#c9d1d9;
font:14px/1.4 'DejaVu Sans Mono',Menlo,Consolas,monospace}
i{display:inline-block;width:11px;height:11px;border-radius:50%;margin:0 7px 10px 0}
div{white-space:pre;width:${columns}ch;min-height:1.4em}
</style><main><i style="background:#ff5f57"></i><i style="background:#febc2e"></i><i style="background:#28c840"></i>${body.join('')}</main>`;
}

function changed(before: Look, codes: readonly number[]): Look {
  let look = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) look = {};
    else if (code === 1) look = { ...look, bold: true };
    else if (code === 2) look = { ...look, dim: true };
    else if (code === 4) look = { ...look, underline: true };
    else if (code === 7) look = { ...look, inverse: true };
    else if (code === 22) look = { ...look, bold: false, dim: false };
    else if (code === 24) look = { ...look, underline: false };
    else if (code === 27) look = { ...look, inverse: false };
    else if (code === 39) look = { ...look, color: '' };
    else if (code === 49) look = { ...look, background: '' };
    else if (code === 38 || code === 48) {
      // 256 colours: only the first sixteen are used, the rest keep the terminal's own.
      const color = palette(codes[at + 2] ?? 7);
      look = code === 38 ? { ...look, color } : { ...look, background: color };
      at += codes[at + 1] === 5 ? 2 : 4;
    } else if (code >= 30 && code <= 37) look = { ...look, color: palette(code - 30) };
    else if (code >= 40 && code <= 47) look = { ...look, background: palette(code - 40) };
    else if (code >= 90 && code <= 97) look = { ...look, color: palette(code - 82) };
    else if (code >= 100 && code <= 107) look = { ...look, background: palette(code - 92) };
  }
  return look;
}

function palette(index: number): string {
  return [...COLORS, ...BRIGHT][index] ?? '';
}

function styleOf({ color, background, bold, dim, inverse, underline }: Look): string {
  const [front, back] = inverse ? [background || '#0d1117', color || '#c9d1d9'] : [color, background];
  return [
    front ? `color:${front}` : '',
    back ? `background:${back}` : '',
    bold ? 'font-weight:bold' : '',
    dim ? 'opacity:.6' : '',
    underline ? 'text-decoration:underline' : '',
  ]
    .filter((part) => part !== '')
    .join(';');
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

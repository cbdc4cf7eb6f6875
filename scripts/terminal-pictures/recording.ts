import { escaped, type Look, spansOf } from './terminal-html.ts';

/** What was on the screen from this moment on, in milliseconds since the first. */
export interface Frame {
  readonly ms: number;
  readonly screen: string;
}

const CHARACTER = 8.4;
const LINE = 20;
const MARGIN = 18;
const REST_MS = 4_000;

/** A terminal's session as one SVG that plays by itself, again and again. A line that stands in many frames is written once. */
export function recordingSvg(frames: readonly Frame[], columns: number): string {
  const totalMs = (frames.at(-1)?.ms ?? 0) + REST_MS;
  const lines = new Map<string, string>();
  const idOf = (line: string): string => {
    const id = lines.get(line) ?? `l${lines.size}`;
    lines.set(line, id);
    return id;
  };
  let rows = 0;
  const rules: string[] = [];
  const groups = frames.map(({ ms, screen }, at) => {
    const drawn = spansOf(screen);
    rows = Math.max(rows, drawn.length);
    const from = percent(ms, totalMs);
    const to = percent(frames[at + 1]?.ms ?? totalMs, totalMs);
    rules.push(
      `@keyframes k${at}{0%{visibility:${at === 0 ? 'visible' : 'hidden'}}${from}{visibility:visible}${to}{visibility:hidden}}`,
      `#f${at}{animation-name:k${at}}`,
    );
    const uses = drawn.flatMap((line, row) =>
      line.length === 0 ? [] : `<use href="#${idOf(textOf(line))}" y="${row * LINE}"/>`,
    );
    return `<g class="f" id="f${at}">${uses.join('')}</g>`;
  });
  const width = Math.round(columns * CHARACTER + 2 * MARGIN);
  const height = rows * LINE + 2 * MARGIN;
  const texts = [...lines].map(([text, id]) => `<text id="${id}" y="14">${text}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>text{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#c9d1d9;white-space:pre}
.f{visibility:hidden;animation:${totalMs}ms step-end infinite}
@media (prefers-reduced-motion:reduce){.f{animation:none}#f${frames.length - 1}{visibility:visible}}
${rules.join('\n')}</style>
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<defs>${texts.join('\n')}</defs>
<g transform="translate(${MARGIN} ${MARGIN})">
${groups.join('\n')}
</g></svg>
`;
}

function textOf(line: readonly { text: string; look: Look }[]): string {
  let column = 0;
  return line
    .map(({ text, look }) => {
      const x = Math.round(column * CHARACTER * 10) / 10;
      column += [...text].length;
      const fill = look.color ? ` fill="${look.color}"` : '';
      const weight = look.bold ? ' font-weight="bold"' : '';
      return `<tspan x="${x}"${fill}${weight}${look.dim ? ' opacity=".6"' : ''}>${escaped(text)}</tspan>`;
    })
    .join('');
}

function percent(ms: number, totalMs: number): string {
  return `${Math.round((10_000 * ms) / totalMs) / 100}%`;
}

// The table of error codes in docs/troubleshooting.md.

const BEGIN = '<!-- error codes: written by `npm run docs` from shared/errors/codes.ts -->';
const END = '<!-- end of error codes -->';

/** @returns {string} the table */
export function errorsTable(codes, meanings) {
  const rows = Object.entries(codes).map(([code, exit]) => `| \`${code}\` | ${exit} | ${meanings[code]} |`);
  return ['| code | exit | what it means |', '|---|---|---|', ...rows].join('\n');
}

/** @returns {string} the page with the block between its two marks replaced */
export function withBlock(page, block) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`docs/troubleshooting.md lacks the line ${begin < 0 ? BEGIN : END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${block}\n\n${page.slice(end)}`;
}

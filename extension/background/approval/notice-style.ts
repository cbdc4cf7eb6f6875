import type { Settings } from '../../../shared/protocol/internal.ts';

/**
 * Style sheets of what we show inside AWS's pages. They live in closed shadow roots and inherit nothing. The background sends
 * them with its orders, so that no page of AWS loads them for nothing; each is one line then.
 */

type Theme = Settings['theme'];

const DARK = `:host{
--ground:#121817;--surface:#1b2321;--text:#e7eeeb;--quiet:#a9b8b2;--line:#3a4945;--brand:#57cdbb;--hover:#78dccd;--on:#06231f;--bad:#ff9d92;--tint:#2b1f1e;--focus:#8ab8ff}`;
const DARK_WHEN: Record<Theme, string> = {
  system: `@media(prefers-color-scheme:dark){${DARK}}`,
  light: '',
  dark: DARK,
};

const tokens = (theme: Theme): string => `
:host{all:initial!important;display:block!important;color-scheme:${theme === 'system' ? 'light dark' : theme}!important;
--ground:#f4f6f4;--surface:#fff;--text:#16211e;--quiet:#4c5b56;--line:#cbd5d0;--brand:#0a6c62;--hover:#08574f;--on:#fff;--bad:#b3261e;--tint:#fdf0ee;--focus:#0b57d0}
${DARK_WHEN[theme]}
*{box-sizing:border-box;margin:0;padding:0}
.wall{fill:#0c5a54}.door,.prompt{fill:none;stroke:#ffd98a;stroke-width:3.2;stroke-linecap:round;stroke-linejoin:round}.prompt{stroke:#fff}`;

const oneLine = (css: string): string => css.replaceAll('\n', '');
const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif';

/** The notice, in the theme that the person chose. */
export const noticeCss = (theme: Theme): string =>
  oneLine(`${tokens(theme)}
dialog{position:fixed;inset:0;inline-size:100%;block-size:100%;max-inline-size:none;max-block-size:none;border:0;
display:grid;grid-template-columns:minmax(0,36rem);align-content:safe center;justify-content:center;padding:1rem 1.5rem 0;overflow:auto;
background:var(--ground);color:var(--text);font:1rem/1.55 ${FONT};border-block-start:6px solid var(--brand);text-align:start}
dialog.stranger{border-block-start-color:var(--bad)}
dialog:not([open]){display:none}
dialog::backdrop{background:var(--ground)}
.by{display:flex;align-items:center;gap:.5rem;margin-block-end:1rem;color:var(--quiet);font-size:.875rem;font-weight:600}
.mark{inline-size:2rem;block-size:2rem;flex:none}
.card{position:relative}
.stranger .card{padding:1rem 1.5rem;border:1px solid var(--bad);border-radius:.875rem;background:var(--tint)}
.shield{inline-size:2.75rem;block-size:2.75rem;margin-block-end:.75rem}.plate{fill:var(--bad)}.cross{fill:none;stroke:var(--tint);stroke-width:3;stroke-linecap:round}
.code{display:block;margin-block-start:1rem;font:600 2.5rem/1.2 ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;letter-spacing:.06em;user-select:all;overflow-wrap:anywhere}
.page{margin-block-start:.375rem;color:var(--quiet);font-size:.9375rem}
h1{word-break:auto-phrase;font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;text-wrap:balance;overflow-wrap:anywhere}
p{margin-block-start:1rem;overflow-wrap:anywhere;text-wrap:pretty}
.main{font-size:1.0625rem}
.box{margin-block-start:1.25rem;padding:.875rem 1rem;border:1px solid var(--line);border-radius:.625rem;background:var(--surface);color:var(--quiet);font-size:.9375rem}
.box p{margin:0}ul+p{margin-block-start:.75rem!important}
ul{list-style:none;margin-block-start:.375rem;color:var(--text)}
li{overflow-wrap:anywhere}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;padding-block:1rem 1.5rem;background:var(--ground)}
@media(max-height:30rem){.shield{position:absolute;inset-inline-end:1.25rem}.shield+h1{padding-inline-end:3.5rem}}
@media(min-height:20rem){.actions{position:sticky;inset-block-end:0}}
button{min-block-size:2.75rem;padding:.5rem 1.125rem;border:1px solid var(--line);border-radius:.5rem;background:var(--surface);color:var(--text);font:500 1rem/1.3 ${FONT};cursor:pointer}
button:hover{border-color:var(--quiet)}
.first{border-color:transparent;background:var(--brand);color:var(--on);font-weight:600}
.first:hover{border-color:transparent;background:var(--hover)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
[hidden]{display:none}`);

/** The line at the page's edge, likewise. */
export const hintCss = (theme: Theme): string =>
  oneLine(`${tokens(theme)}
.line{position:fixed;z-index:2147483647;inset:auto 0 1rem;margin-inline:auto;inline-size:fit-content;max-inline-size:calc(100% - 2rem);
display:flex;align-items:center;gap:.625rem;padding-block:.625rem;padding-inline:.75rem 1rem;border:1px solid var(--line);border-radius:.75rem;
background:var(--surface);color:var(--text);font:.9375rem/1.4 ${FONT};box-shadow:0 4px 20px rgb(0 0 0/16%);pointer-events:none;overflow:visible}
.line[popover]:not(:popover-open){display:none}
.mark{inline-size:1.5rem;block-size:1.5rem;flex:none}`);

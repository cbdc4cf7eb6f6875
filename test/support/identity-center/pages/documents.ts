import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { TEXTS, UNKNOWN_TEXTS } from './texts.ts';

interface PageData {
  options: Record<string, unknown>;
  [more: string]: unknown;
}

const shown = v.object({ locale: v.picklist(['en', 'ja', 'zh', 'fr']), markers: v.string() });

/** The access portal: one document, routed by its hash, empty until its script has run. */
export const portalDocument = (data: PageData): string => page('portal', 'Access portal', data);
/** Where the person proves who they are. */
export const signInDocument = (data: PageData): string => page('sign-in', 'Sign in', data);
/** Where a test creates the person's passkey. */
export const enrolDocument = (data: PageData): string => page('enrol', 'Create a passkey', data);
/** The verification page of the years before 2025. */
export const deviceDocument = (data: PageData): string => page('device', 'Authorize request', data);

function page(name: string, title: string, data: PageData): string {
  const { locale, markers } = v.parse(shown, data.options);
  const texts = markers === 'none' ? { ...TEXTS[locale], ...UNKNOWN_TEXTS } : TEXTS[locale];
  // `<` could end the script element early.
  const literal = JSON.stringify({ ...data, texts }).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${typeof data.region === 'string' ? `<meta name="region" content="${data.region}">\n` : ''}<title>${title}</title>
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<div id="root"></div>
<script type="application/json" id="page-data">${literal}</script>
<script type="module" src="/assets/${name}.js"></script>
</body>
</html>
`;
}

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css' };

/** A script or style sheet of the pages by its file name, or null. */
export function asset(name: string): { type: string; text: string } | null {
  const type = TYPES[name.split('.')[1] ?? ''];
  if (type === undefined || !/^[a-z-]+\.[a-z]+$/.test(name)) return null;
  return { type: `${type}; charset=utf-8`, text: readFileSync(new URL(name, import.meta.url), 'utf8') };
}

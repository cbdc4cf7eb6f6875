import type { Page } from 'playwright-core';

const STYLE = `
  :root { color-scheme: light dark; font: 22px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: start; gap: .6rem;
    padding: 0 12vw; color: light-dark(#1c2433, #e6ebf2); background: light-dark(#f3f5f8, #10151d); }
  code { font: 600 1rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; padding: .5rem .9rem; border-radius: .6rem;
    background: light-dark(#e2e8f1, #1c2635); }
  code::before { content: "$ "; color: light-dark(#3b6fd4, #79c0ff); }
  p { margin: 0; max-width: 34rem; font-size: 1.3rem; }
  small { opacity: .65; }`;

/** What the window says in its first tab to a person who watches: the terminal's command, and what to look at. */
export async function showCaption(page: Page, command: string, words: string): Promise<void> {
  const asText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  await page.setContent(
    `<!doctype html><title>awsher demo</title><style>${STYLE}</style><code>${asText(command)}</code>` +
      `<p>${asText(words)}</p><small>A browser of its own, with a throw-away profile. It closes by itself.</small>`,
  );
}

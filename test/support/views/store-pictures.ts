import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ROOT } from '../root.ts';
import { SCENES } from './scenes.ts';
import { raiseStage } from './stage.ts';

/** Program: the pictures of the store listings. Each is one view as it ships, with a few words beside it. */

const LANGUAGES = ['en', 'ko', 'ja'] as const;
const SHOWN = ['popup-done', 'popup-run-sign-in', 'notice-code'] as const;
/** What the Chrome Web Store shows without scaling. */
const SIZE = { width: 1280, height: 800 };

const Captions = v.array(v.strictObject({ title: v.string(), text: v.string() }));

const CSS = `
*{box-sizing:border-box;margin:0}
body{width:1280px;height:800px;display:grid;align-content:center;background:#0c4a45;color:#fff;
font:22px/1.5 system-ui,"Noto Sans CJK KR","Noto Sans CJK JP","Noto Sans",sans-serif;overflow:hidden}
.beside{grid-template-columns:1fr 640px;align-items:center;gap:56px;padding:0 64px}
.below{padding:56px 96px 0;align-content:start;justify-items:center;text-align:center;gap:36px}
h1{font-size:46px;line-height:1.2;letter-spacing:-.01em;font-weight:650;word-break:keep-all;text-wrap:balance}
p{margin-top:18px;color:#cfe5e0;word-break:keep-all;text-wrap:balance}
img{display:block;border-radius:14px;box-shadow:0 24px 70px rgb(0 0 0/45%)}
.beside img{width:640px}.below img{width:960px}
:lang(ja) h1,:lang(ja) p{word-break:auto-phrase}`;

const stage = await raiseStage();
try {
  const page = await stage.browser.newPage({ viewport: SIZE });
  for (const language of LANGUAGES) {
    const folder = join(ROOT, 'docs/store', language);
    const captions = v.parse(Captions, JSON.parse(readFileSync(join(folder, 'captions.json'), 'utf8')));
    for (const [index, name] of SHOWN.entries()) {
      const scene = SCENES.find((one) => one.name === name);
      const caption = captions[index];
      if (!scene || !caption) throw new Error(`no scene or no words for ${name} in ${language}`);
      // Twice as fine as it is shown, for it is shown larger than it is.
      const shown = await stage.open(scene.path, scene.state, { ...scene.window, language, scale: 2 });
      await shown.page.locator(scene.ready).first().waitFor({ state: 'attached' });
      await scene.act?.(shown.page);
      const view = scene.part
        ? await shown.page.locator(scene.part).screenshot()
        : await shown.page.screenshot();
      await shown.close();
      const layout = scene.part ? 'beside' : 'below';
      await page.setContent(
        `<!doctype html><html lang="${language}"><style>${CSS}</style><body class="${layout}"><div><h1></h1><p></p></div>
         <img alt="" src="data:image/png;base64,${view.toString('base64')}">`,
      );
      await page.locator('h1').evaluate((element, text) => element.append(text), caption.title);
      await page.locator('p').evaluate((element, text) => element.append(text), caption.text);
      writeFileSync(join(folder, `${index + 1}.png`), await page.screenshot());
    }
  }
} finally {
  await stage.close();
}

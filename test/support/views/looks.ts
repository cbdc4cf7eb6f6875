import { boxesInPage, layoutInPage } from './layout.ts';
import { controlsInPage, focusInPage } from './tab-walk.ts';

/** Looks that the page of a reel keeps: it reads them once, and one question has several answers. */
const LOOKS = {
  layout: layoutInPage,
  boxes: boxesInPage,
  controls: controlsInPage,
  focus: focusInPage,
  /** How much text there is, in the view or in what lies over a page of AWS. */
  textLength: () =>
    (document.documentElement.lastElementChild?.shadowRoot ?? document.body).textContent?.length ?? 0,
};
export const LOOKS_SOURCE = `globalThis.looks = {${Object.entries(LOOKS)
  .map(([name, look]) => `${name}: ${look}`)
  .join(',\n')}};\n`;

declare global {
  var looks: typeof LOOKS;
}

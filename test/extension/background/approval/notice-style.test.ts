import { expect, it } from 'vitest';
import { hintCss, noticeCss } from '../../../../extension/background/approval/notice-style.ts';

it.each([
  ['system', /@media\(prefers-color-scheme:dark\)/, /color-scheme:light dark!/],
  ['light', /^(?!.*prefers-color-scheme)/, /color-scheme:light!/],
  ['dark', /--ground:#121817/, /color-scheme:dark!/],
] as const)('%s: one line, in its colors, that inherits nothing', (theme, colors, scheme) => {
  for (const [css, own] of [
    [noticeCss(theme), 'dialog.stranger{'],
    [hintCss(theme), '.line{position:fixed'],
  ] as const) {
    expect(css).toMatch(colors);
    expect(css).toMatch(scheme);
    expect(css).toContain(own);
    expect(css).toContain(':host{all:initial!important');
    expect(css).not.toContain('\n');
  }
});

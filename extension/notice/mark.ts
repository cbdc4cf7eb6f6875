import { drawing } from './dom.ts';

/** Shapes of the mark on its 32-unit grid, as in `extension/icons/mark.svg`. */
const WALL =
  'M7.5 0h17A7.5 7.5 0 0 1 32 7.5v17a7.5 7.5 0 0 1-7.5 7.5h-17A7.5 7.5 0 0 1 0 24.5v-17A7.5 7.5 0 0 1 7.5 0z';
const DOOR = 'M7 26V15a9 9 0 0 1 18 0v11';
export const PROMPT = 'm13 14.8 5 4.7-5 4.7';
/** In the place of the prompt: nobody passes. */
export const BAR = 'M12.5 19.5h7';

/** The mark, with `PROMPT` or `BAR` in its door. */
export const mark = (inTheDoor: string): SVGElement =>
  drawing('mark', '0 0 32 32', [
    ['wall', WALL],
    ['door', DOOR],
    ['prompt', inTheDoor],
  ]);

/** A shield with a cross: do not. */
export const shield = (): SVGElement =>
  drawing('shield', '0 0 32 32', [
    ['plate', 'M16 2l12 4v9c0 7-5 12.5-12 15C9 27.5 4 22 4 15V6z'],
    ['cross', 'm11.5 11.5 9 9m0-9-9 9'],
  ]);

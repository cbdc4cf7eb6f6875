/** Shapes of the mark on its 32-unit grid, as in `extension/icons/mark.svg`. */
export const WALL =
  'M7.5 0h17A7.5 7.5 0 0 1 32 7.5v17a7.5 7.5 0 0 1-7.5 7.5h-17A7.5 7.5 0 0 1 0 24.5v-17A7.5 7.5 0 0 1 7.5 0z';
export const DOOR = 'M8 27V14.5a8 8 0 0 1 16 0V27z';
export const PROMPT = 'm12.6 13.4 5 4.6-5 4.6';

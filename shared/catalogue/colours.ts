/** Colours of an account's mark: those of Firefox's containers, and grey. A closed list, because they end up in a style. */
export const COLOURS = [
  'blue',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'pink',
  'purple',
  'grey',
] as const;

/** `none` is no colour. */
export const ACCOUNT_COLOURS = ['none', ...COLOURS] as const;

export type AccountColour = (typeof ACCOUNT_COLOURS)[number];

/** Colours that a mark can have: those of Firefox's containers, and grey. A closed list, because they end up in a style. */
export const COLORS = [
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

/** What `aws configure` takes for `output`. */
export const OUTPUTS = ['json', 'yaml', 'yaml-stream', 'text', 'table', 'off'] as const;

/** Formats of a file of settings. */
export const FORMATS = ['toml', 'ini', 'json'] as const;

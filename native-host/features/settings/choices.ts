/** What `aws configure` takes for `output`. */
export const OUTPUTS = ['json', 'yaml', 'yaml-stream', 'text', 'table', 'off'] as const;

/** Formats of a file of settings. */
export const FORMATS = ['toml', 'ini', 'json'] as const;

/** Whether sign-ins on this computer may go by a code that is approved on a page. */
export const DEVICE_CODES = ['allow', 'never'] as const;

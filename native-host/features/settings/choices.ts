/** What `aws configure` takes for `output`. */
export const OUTPUTS = ['json', 'yaml', 'yaml-stream', 'text', 'table', 'off'] as const;

/** Formats of a file of settings. */
export const FORMATS = ['toml', 'ini', 'json'] as const;

/** What a coding agent gets that asks for a new sign-in: a question to the person, a no, or what a person gets. */
export const AGENTS_RULES = ['ask', 'deny', 'allow'] as const;
export type AgentsRule = (typeof AGENTS_RULES)[number];

/** Whether sign-ins on this computer may go by a code that is approved on a page. */
export const DEVICE_CODES = ['allow', 'never'] as const;

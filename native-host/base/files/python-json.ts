/**
 * A JSON value as Python's `json.dumps` writes it by default: `", "` and `": "`, everything outside printable ASCII
 * escaped, keys in the order given. This is how the AWS CLI writes its cache files, and how it hashes their names
 * (botocore/utils.py `_token_cache_key`, awscli `JSONFileCache`).
 */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'string') return asciiString(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${entries.map(([key, inner]) => `${asciiString(String(key))}: ${pythonJson(inner)}`).join(', ')}}`;
}

function asciiString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

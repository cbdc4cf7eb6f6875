/** Has the browser save a text as a file, where the person's downloads go. */
export function saveTextFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Settings are small; what is not is none of ours. */
const MAX_BYTES = 256 * 1024;

/** A file that the person chose, as text; `null` when it is too large or cannot be read. */
export async function readTextFile(file: Blob): Promise<string | null> {
  if (file.size > MAX_BYTES) return null;
  try {
    return await file.text();
  } catch {
    return null;
  }
}

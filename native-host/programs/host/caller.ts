/** Who may start the host. Ids come from `manifests/ids.json`. */
export interface AllowedCallers {
  chromium: readonly string[];
  firefox: string;
}

/**
 * Which engine started the host, from its arguments; `null` when it was something else. Chromium passes the
 * extension's origin first; Firefox the path of the manifest and the add-on's id.
 */
export function identifyCaller(
  args: readonly string[],
  allowed: AllowedCallers,
): 'chromium' | 'firefox' | null {
  const [first, second] = args;
  if (first !== undefined && allowed.chromium.some((id) => first === `chrome-extension://${id}/`))
    return 'chromium';
  if (first?.endsWith('.json') && second === allowed.firefox) return 'firefox';
  return null;
}

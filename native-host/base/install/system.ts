/** The systems of the browsers table. Every other Unix is treated as Linux. */
export type System = 'linux' | 'darwin' | 'win32';

/** The system of the table for a value of `process.platform`. */
export function systemOf(platform: string): System {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

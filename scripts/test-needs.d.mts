export interface TestFile {
  /** From the repository's folder, with slashes. */
  readonly file: string;
  readonly needs: readonly string[];
  readonly size: 'unit' | 'process' | 'browser';
}
export function readTests(root: string): TestFile[];
export function debianPackages(tests: readonly TestFile[]): string[];

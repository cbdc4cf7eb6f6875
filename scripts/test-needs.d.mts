export function testFiles(root: string): string[];
export function needsReader(root: string): (name: string) => string[];
export function sizeOf(needs: readonly string[]): 'unit' | 'process' | 'browser';

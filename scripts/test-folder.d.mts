export function openTestFolder(): string;
export function closeTestFolder(folder: string): string[];

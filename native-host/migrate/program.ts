import { splitCommand } from '../aws/resolve/shell-split.ts';
import { type ConfigSection, textValue } from '../formats/profiles.ts';

/** The arguments of a profile's `credential_process` if it runs the program of that name, from wherever; else undefined. */
export function programOf(section: ConfigSection, platform: string, program: string): string[] | undefined {
  const line = textValue(section, 'credential_process');
  if (line === undefined) return undefined;
  try {
    const [path = '', ...words] = splitCommand(line, platform);
    const name = path
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.exe$/i, '');
    return name === program ? words : undefined;
  } catch {
    // A quote that is not closed: nobody runs that.
    return undefined;
  }
}

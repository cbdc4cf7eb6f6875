import { type ConfigSection, textValue } from '../../base/formats/profiles.ts';
import { commandWords } from '../../base/formats/shell-split.ts';

/**
 * The arguments of a profile's `credential_process` if it runs the program of that name, from wherever, also through another
 * one: `op run -- saml2aws ...`, `env A=b saml2aws ...`, `sh -c "saml2aws ..."`. Else undefined.
 */
export function programOf(section: ConfigSection, platform: string, program: string): string[] | undefined {
  const line = textValue(section, 'credential_process');
  return line === undefined ? undefined : argumentsOf(line, platform, program);
}

function argumentsOf(line: string, platform: string, program: string): string[] | undefined {
  // A quote that is not closed: nobody runs that.
  const words = commandWords(line, platform) ?? [];
  for (const [at, word] of words.entries()) {
    const before = words[at - 1] ?? '--';
    const command = /^-[a-z]*c$/.test(before) ? argumentsOf(word, platform, program) : undefined;
    if (command !== undefined) return command;
    // The value of an option of another program is no program; a runner's options have no program for a value.
    const mayBegin = before === '--' || !before.startsWith('-') || RUNNERS.test(words[0] ?? '');
    if (isProgram(word, program) && mayBegin) return words.slice(at + 1);
  }
  return undefined;
}

const RUNNERS =
  /(?:^|\/)(?:env|sudo|doas|nice|nohup|setsid|stdbuf|timeout|xvfb-run|caffeinate|wsl(?:\.exe)?)$/;

function isProgram(word: string, program: string): boolean {
  // In a shell's line it may stand in `$(which ...)`.
  const name =
    word
      .replace(/[)`;]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? '';
  return name.replace(/\.(?:exe|cmd|bat|ps1)$/i, '') === program;
}

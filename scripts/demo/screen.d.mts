type Paint = (text: string) => string;

export interface Screen {
  readonly style: { bold: Paint; dim: Paint; green: Paint; red: Paint; cyan: Paint };
  title(words: string, more: string): void;
  chapter(words: string): void;
  /** A command line as a person types it. */
  command(line: string): void;
  /** One line that a command printed. */
  quote(line: string): void;
  note(line: string): void;
  step<Result>(
    label: string,
    work: () => Promise<Result> | Result,
    done?: string | ((result: Result) => string),
    options?: { slow?: boolean },
  ): Promise<Result>;
  finish(words: string, extras?: { mark?: string; more?: string }): void;
  fail(sentence: string, output?: string, next?: string): void;
  close(): void;
}

export function createScreen(
  stream?: NodeJS.WriteStream,
  env?: Readonly<Record<string, string | undefined>>,
): Screen;

export function printable(text: string): string;

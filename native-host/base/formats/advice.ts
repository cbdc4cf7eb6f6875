/** A line of a file, counted from 1. */
interface Line {
  readonly file: string;
  readonly line: number;
}

/** What is to be done to a line, so that it can be followed to the letter: after it the finding is gone. */
export const writeIn = ({ file, line }: Line, text: string): string =>
  `write \`${text}\` in line ${line} of ${file}`;
export const writeAbove = ({ file, line }: Line, text: string): string =>
  `write \`${text}\` above line ${line} of ${file}`;
export const writeBelow = ({ file, line }: Line, text: string): string =>
  `write \`${text}\` below line ${line} of ${file}`;
export const removeLine = ({ file, line }: Line): string => `remove line ${line} of ${file}`;
export const writeBefore = ({ file, line }: Line, text: string): string =>
  `write \`${text}\` at the beginning of line ${line} of ${file}`;

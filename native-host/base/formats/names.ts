import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { shown } from './shown.ts';

/** Throws NAME_INVALID for a name that not every SDK reads. `what` is the kind of name: "session". */
export function assertSafeName(what: string, name: string): void {
  if (isSafeName(name)) return;
  throw new AwsherError(
    'NAME_INVALID',
    `The ${what} name ${shown(name, JSON.stringify)} is not one every SDK can read.`,
    {
      hint: 'use only letters, digits and _ - / . % @ : +',
    },
  );
}

/** A name made of any text: each run of other characters becomes one `-`. Empty when nothing is left. */
export function toSafeName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_\-/.%@:+]+/g, '-').replace(/^-+|-+$/g, '');
  return isSafeName(name) ? name : '';
}

const SAFE_KEY = /^[a-z][a-z0-9_]*$/;

/**
 * Whether every SDK reads the line `key = value` alike: a lower-case key; a value of printable ASCII without
 * surrounding space, quotes (Go strips them) or anything that one parser takes for a comment.
 */
export function isSafeEntry(key: string, value: string): boolean {
  return SAFE_KEY.test(key) && /^[!-~](?:[ -~]*[!-~])?$/.test(value) && !/^["'#;]| [#;]/.test(value);
}

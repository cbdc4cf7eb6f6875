import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { sha1Hex } from '../../base/files/sha1.ts';
import { expandTemplate, type NameFields, type Template } from '../settings/profile-template.ts';

/** A name, and why it is not what the template alone gives. */
export interface GivenName {
  readonly name: string;
  /** `taken`: a profile of that name exists. `ambiguous`: others would have been called the same. */
  readonly instead: { readonly of: string; readonly because: 'taken' | 'ambiguous' } | null;
}

/**
 * One name for each, all different and none of them taken, in the order of the input. Of several that the template calls
 * the same all get more words, never the first one alone: so the result does not depend on their order, and a short name
 * never means an account by chance. More words are, until it helps: the role, the account's number, the session, a hash.
 */
export function nameProfiles(
  template: Template,
  wanted: readonly NameFields[],
  isTaken: (name: string) => boolean,
): GivenName[] {
  const plain = wanted.map((fields) => expandTemplate(template, fields));
  const names: (string | undefined)[] = [];
  const given = new Set<string>();
  const because: GivenName['instead'][] = wanted.map(() => null);
  let open = wanted.map((_, at) => at);
  for (let level = 0; open.length > 0; level++) {
    const candidates = new Map<string, number[]>();
    for (const at of open) {
      const fields = wanted[at];
      if (fields === undefined) continue;
      const name = level === 0 ? (plain[at] ?? '') : candidate(template, fields, level);
      const same = candidates.get(name);
      if (same === undefined) candidates.set(name, [at]);
      else same.push(at);
    }
    open = [];
    const accepted: string[] = [];
    for (const [name, same] of candidates) {
      const [only] = same;
      const taken = isTaken(name) || given.has(name) || !isUsable(name);
      if (only !== undefined && same.length === 1 && !taken) {
        names[only] = name;
        accepted.push(name);
        continue;
      }
      for (const at of same) because[at] ??= { of: plain[at] ?? '', because: taken ? 'taken' : 'ambiguous' };
      open.push(...same);
    }
    for (const name of accepted) given.add(name);
  }
  return wanted.map((_, at) => ({ name: names[at] ?? '', instead: because[at] ?? null }));
}

/** `default` is what every command takes that was told nothing: it is the person's alone. */
function isUsable(name: string): boolean {
  return isSafeName(name) && name.toLowerCase() !== 'default';
}

function candidate(template: Template, fields: NameFields, level: number): string {
  const name = expandTemplate(template, fields, { role: true, accountId: level >= 2, session: level >= 3 });
  if (level <= 3) return name;
  const { session, account_id, role } = fields;
  return `${name}_${sha1Hex(`${session}\n${account_id}\n${role}\n${level}`).slice(0, 8)}`;
}

/** Longer than any name that a person types. */
const LONGEST = 64;
/** Letters and digits in a row; a secret access key has forty, and tokens have more. */
const RUN = /[A-Za-z0-9+/=]{20,}/g;

/**
 * Whether a text that was given in the place of a name may be a secret that was pasted there by mistake: too long for a
 * name, an access key's id, or a run of letters and digits that change their kind as often as in random text.
 */
export function maySecret(text: string): boolean {
  if (text.length > LONGEST || /A(?:KIA|SIA)[A-Z2-7]{12}/.test(text)) return true;
  return (text.match(RUN) ?? []).some((run) => {
    const kinds = [...run].map((letter) => (/[A-Z]/.test(letter) ? 'A' : /[a-z]/.test(letter) ? 'a' : '0'));
    const changes = kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
    return new Set(kinds).size === 3 && changes > run.length / 3;
  });
}

/**
 * A refused name in the words of an error: as `as` writes it (plain unless told), or only how long it is when it may be a
 * secret. `noun` goes before the length, where the sentence has none.
 */
export function shown(name: string, as: (name: string) => string = (text) => text, noun = ''): string {
  if (!maySecret(name)) return as(name);
  return `${noun && `${noun} `}of ${name.length} characters (not shown, for it may be a secret)`;
}

/** A refused name in a command to type: the name, or the word that stands for one. */
export function shownOr(placeholder: string, name: string): string {
  return maySecret(name) ? placeholder : name;
}

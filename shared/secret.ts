const MASK = '***';

/**
 * A token, a client secret, a device code or a key. It prints as `***` wherever text is made of it
 * (String, template, JSON, console, util.inspect, structured clone); `expose` is the only way to its value,
 * so that a search for `.expose(` finds every place where a secret leaves its wrapper.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The bare text, for a request to AWS, a message to our own peer or the file it belongs to. */
  expose(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  /** Node's `util.inspect` and `console.log`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}

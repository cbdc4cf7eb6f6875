/** A step of the demo that did not go as it must: one sentence, and what the failed part said. */
export class DemoFailure extends Error {
  readonly output: string;

  constructor(sentence: string, output = '') {
    super(sentence);
    this.output = output;
  }
}

/** Throws with the sentence unless the condition holds. */
export function must(condition: boolean, sentence: string, output = ''): asserts condition {
  if (!condition) throw new DemoFailure(sentence, output);
}

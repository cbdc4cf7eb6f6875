import * as v from 'valibot';

type Schema = v.GenericSchema<unknown, unknown>;

/** A message with one thing wrong, and what it is. */
export interface Spoilt {
  how: string;
  message: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema inside `optional` and `nullable`, and whether it was in one. */
function unwrap(schema: Schema): { inner: Schema; optional: boolean; nullable: boolean } {
  let inner = schema;
  const types = new Set<string>();
  for (let next = Reflect.get(inner, 'wrapped'); next !== undefined; next = Reflect.get(inner, 'wrapped')) {
    types.add(inner.type);
    inner = next as Schema;
  }
  return { inner, optional: types.has('optional'), nullable: types.has('nullable') };
}

/** The entries that a record has to have, of a plain object or of the variant that it is. */
function entriesOf(schema: Schema, sample: Record<string, unknown>): Record<string, Schema> {
  const options: unknown = Reflect.get(schema, 'options');
  const chosen =
    schema.type === 'variant' && Array.isArray(options)
      ? options.find((option: Schema) => v.safeParse(option, sample).success)
      : schema;
  return Reflect.get(chosen, 'entries') ?? {};
}

/**
 * Every message with one fault that can be made from a valid one: each field missing, of every other type and far too
 * long, each strict object with one field more, each list far too long. Fields without a bound are no fault of one message.
 */
export function spoil(schema: Schema, sample: unknown, unbounded: readonly string[], path = ''): Spoilt[] {
  const { inner, nullable } = unwrap(schema);
  // valibot reads an empty list as an object without fields, and gives `{}`: no fault where no field is asked for.
  const mayBeEmpty =
    isRecord(sample) && Object.values(entriesOf(inner, sample)).every((entry) => unwrap(entry).optional);
  const wrong = others(sample, nullable).filter((value) => !(mayBeEmpty && Array.isArray(value)));
  const found: Spoilt[] = wrong.map((message) => ({
    how: `${path || 'the whole'} is ${message === null ? 'null' : JSON.stringify(message)}`,
    message,
  }));
  if (typeof sample === 'string')
    found.push({ how: `${path} is 120,000 characters long`, message: 'x'.repeat(120_000) });
  if (Array.isArray(sample)) {
    const item: Schema = Reflect.get(inner, 'item');
    if (!unbounded.includes(path)) {
      found.push({ how: `${path} has 300 items`, message: Array.from({ length: 300 }, () => sample[0]) });
    }
    for (const one of spoil(item, sample[0], unbounded, `${path}[]`)) {
      found.push({ how: one.how, message: [one.message] });
    }
  }
  if (isRecord(sample)) {
    if (inner.type === 'strict_object') {
      found.push({ how: `${path || 'it'} has one field more`, message: { ...sample, extra: 1 } });
    }
    for (const [key, entry] of Object.entries(entriesOf(inner, sample))) {
      const at = path === '' ? key : `${path}.${key}`;
      if (!unwrap(entry).optional) {
        const { [key]: _gone, ...rest } = sample;
        found.push({ how: `${at} is missing`, message: rest });
      }
      for (const one of spoil(entry, sample[key], unbounded, at)) {
        found.push({ how: one.how, message: { ...sample, [key]: one.message } });
      }
    }
  }
  return found;
}

/** Values of every JSON type but the sample's own. */
function others(sample: unknown, nullable: boolean): unknown[] {
  const kind = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
  return ['text', 7, true, [], {}, null].filter(
    (value) => kind(value) !== kind(sample) && !(value === null && nullable),
  );
}

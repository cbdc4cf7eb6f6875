import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../shared/secret.ts';

const MARKER = 'eyJ-marker';
const secret = new Secret(MARKER);

it.each<[string, unknown]>([
  ['String', String(secret)],
  ['a template', `${secret}`],
  ['concatenation', `token: ${secret}`],
  ['JSON', JSON.stringify({ secret, list: [secret] })],
  ['inspect', inspect(secret)],
  [
    'inspect of what holds it, with hidden fields',
    inspect({ deep: { secret } }, { showHidden: true, depth: 9 }),
  ],
  ['format', format('%s %o %O %j', secret, secret, secret, secret)],
  ['a key', Object.keys({ [String(secret)]: 1 }).join()],
  ['its own properties', JSON.stringify([Reflect.ownKeys(secret), Object.entries(secret)])],
  ['a spread', JSON.stringify({ ...secret })],
  ['a structured clone', inspect(structuredClone(secret))],
  ['an error with it as a cause', inspect(new Error('failed', { cause: secret }))],
])('%s shows no secret', (_how, text) => {
  expect(String(text)).not.toContain(MARKER);
});

it('the console shows three stars', () => {
  let printed = '';
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      printed += chunk;
      done();
    },
  });
  new Console({ stdout }).log('%s', secret, secret, { secret });
  expect(printed).toBe('*** *** { secret: *** }\n');
});

it('its value comes out by name only', () => {
  expect(secret.expose()).toBe(MARKER);
  expect(new Secret('').expose()).toBe('');
});

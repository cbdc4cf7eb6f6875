import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

const read = (...path: string[]) => readFileSync(join(ROOT, 'docs/store', ...path));

describe.each(['en', 'ko', 'ja'])('the store listing in %s', (language) => {
  it('fits: summary, description, pictures', () => {
    const summary = read(language, 'summary.txt').toString().trim();
    expect(summary.length).toBeLessThanOrEqual(132);
    expect(summary).not.toContain('\n');
    expect(read(language, 'description.txt').length).toBeLessThan(16_000);
    const messages = JSON.parse(
      readFileSync(join(ROOT, 'extension/_locales', language, 'messages.json'), 'utf8'),
    );
    // The line in the browser's own list (Chrome: manifest `description`).
    expect(messages.extensionDescription.message.length).toBeLessThanOrEqual(132);
    const pictures = readdirSync(join(ROOT, 'docs/store', language)).filter((name) => name.endsWith('.png'));
    expect(pictures).toHaveLength(JSON.parse(read(language, 'captions.json').toString()).length);
    for (const name of pictures) {
      const png = read(language, name);
      // Width and height of the IHDR chunk (PNG, 11.2.2).
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 800]);
    }
  });
});

it('names every permission of the manifest, with its reason', () => {
  const page = read('README.md').toString();
  const { permissions } = JSON.parse(readFileSync(join(ROOT, 'manifests/extension/base.json'), 'utf8'));
  for (const permission of permissions) expect(page).toContain(`| \`${permission}\``);
});

// `npm run release`: whether this commit may be released, and what is missing; in the release pipeline with the tag's name.
// `node scripts/release.mjs notes`: what CHANGELOG.md says of this version. `-- close-changelog`: what `npm version` runs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesOf, closeUnreleased, releaseFaults } from './release/faults.mjs';
import { root } from './setup.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const { version, repository, author } = JSON.parse(read('package.json'));
const changelog = read('CHANGELOG.md');
const [word] = process.argv.slice(2);

if (word === 'notes') {
  console.log(changesOf(changelog, version) ?? '');
} else if (word === 'close-changelog') {
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(join(root, 'CHANGELOG.md'), closeUnreleased(changelog, version, day));
} else {
  const tag = process.env.GITHUB_REF_TYPE === 'tag' ? (process.env.GITHUB_REF_NAME ?? null) : null;
  const ids = JSON.parse(read('manifests/ids.json'));
  const codeOwners = '.github/CODEOWNERS';
  const owners = existsSync(join(root, codeOwners)) ? read(codeOwners) : null;
  const faults = releaseFaults({ version, tag, ids, repository: repository?.url, author, owners, changelog });
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log(`awsher ${version} is ready to be released.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

// What stands between this commit and a release: each fault is one sentence with what to do. Pure.

/**
 * @typedef {object} Facts
 * @property {string} version of package.json
 * @property {string | null} tag the tag that is released, like `v1.0.0`; `null` outside a release
 * @property {{ stores: Record<string, string | null> }} ids manifests/ids.json
 * @property {string | undefined} repository the address of the sources in package.json
 * @property {string | undefined} author of package.json: name and address
 * @property {string | null} owners the text of .github/CODEOWNERS; `null` without one
 * @property {string} changelog the text of CHANGELOG.md
 */

/** @param {Facts} facts @returns {string[]} nothing when all is ready */
export function releaseFaults({ version, tag, ids, repository, author, owners, changelog }) {
  const faults = [];
  if (tag !== null && tag !== `v${version}`)
    faults.push(`The tag ${tag} is not v${version}, the version of package.json: tag with \`npm version\`.`);
  for (const [store, id] of Object.entries(ids.stores))
    if (id === null)
      faults.push(
        `The id of the ${store} store is not in manifests/ids.json: upload a draft and copy the id (docs/releasing.md).`,
      );
  if (repository === undefined)
    faults.push('package.json has no "repository": npm refuses provenance without it (docs/releasing.md).');
  if (!/^[^<]+ <[^@\s]+@[^>\s]+>$/.test(author ?? ''))
    faults.push(
      'package.json has no "author" like "Name <address>": a .deb and an .rpm name who maintains them.',
    );
  if (!/^\* +@\S/m.test(owners ?? ''))
    faults.push(
      '.github/CODEOWNERS names nobody for `*`: changes to the pipelines would need nobody’s review.',
    );
  const changes = changesOf(changelog, version);
  if (changes === null)
    faults.push(`CHANGELOG.md has no part for ${version}: \`npm version\` makes it from "Unreleased".`);
  else if (!/^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/m.test(changes.split('\n')[0] ?? ''))
    faults.push(
      `The part of CHANGELOG.md for ${version} begins with no kind: put each line below "### Added" or the like.`,
    );
  return faults;
}

/**
 * What CHANGELOG.md says of one version, without its heading.
 *
 * @param {string} changelog
 * @param {string} version
 * @returns {string | null} `null` when there is no such part or it is empty
 */
export function changesOf(changelog, version) {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((text) => text.startsWith(`${version} `) || text.startsWith(`${version}\n`));
  const text = part?.slice(part.indexOf('\n') + 1).trim() ?? '';
  return text === '' ? null : text;
}

/**
 * CHANGELOG.md with what was unreleased under its version and day, and an empty "Unreleased" above it.
 *
 * @param {string} changelog
 * @param {string} version
 * @param {string} day like 2026-11-30
 */
export function closeUnreleased(changelog, version, day) {
  if (changesOf(changelog, 'Unreleased') === null)
    throw new Error('CHANGELOG.md has nothing under "Unreleased".');
  return changelog.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} - ${day}`);
}

// The bill of materials of what is handed out, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). `npm sbom` sees no dependency,
// because everything is bundled; what the bundlers took in is written beside each bundle, in LICENSES.txt.

const PACKAGE = /^((?:@[\w.-]+\/)?[\w.-]+) (\d[\w.+-]*) \((.+)\)$/gm;

/**
 * The same sources give the same text: no date, no serial number.
 *
 * @param {string[]} licenses the texts of LICENSES.txt
 * @param {{ name: string; version: string; license: string }} own
 * @returns {string} JSON
 */
export function sbom(licenses, own) {
  const found = new Map();
  for (const text of licenses) {
    for (const [, name = '', version = '', license = ''] of text.matchAll(PACKAGE))
      found.set(purl(name, version), { name, version, license });
  }
  const components = [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, one]) => component('library', id, one));
  const root = purl(own.name, own.version);
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component('application', root, own) },
    components,
    dependencies: [{ ref: root, dependsOn: components.map((one) => one.purl) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** @param {string} type @param {string} id @param {{ name: string; version: string; license: string }} one */
function component(type, id, { name, version, license }) {
  return { type, 'bom-ref': id, name, version, licenses: [{ expression: license }], purl: id };
}

/** A package URL (https://github.com/package-url/purl-spec): the `@` of a scope is written `%40`. */
const purl = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

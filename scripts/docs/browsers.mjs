// docs/browsers.md from manifests/browsers.json.

const SYSTEMS = [
  ['linux', 'Linux'],
  ['darwin', 'macOS'],
  ['win32', 'Windows'],
];

/** @returns {string} the page */
export function browsersPage(browsers, { chromium, firefox }) {
  return `${[
    '# Browsers',
    '<!-- Written by `npm run docs` from manifests/browsers.json. Do not edit. -->',
    '`awsher install` registers awsher with every browser it finds; `--browser NAME` with one. For a browser started with `--user-data-dir DIR`: `awsher install --browser chromium --user-data-dir DIR`.',
    overview(browsers),
    `Chromium-based browsers need version ${chromium}, Firefox-based ones ${firefox}.`,
    '## Flatpak and snap',
    'Their sandboxes do not let browsers start programs outside. `awsher doctor` tells which of yours can work.',
    sandboxes(browsers),
    '## Where the manifests go',
    'Each file has the name of the host in `manifests/ids.json`. `{config}` is `$XDG_CONFIG_HOME`, else `~/.config`.',
    ...SYSTEMS.flatMap(([system, name]) => [`### ${name}`, places(browsers, system)]),
  ].join('\n\n')}\n`;
}

function overview(browsers) {
  const rows = browsers.map((browser) => {
    const marks = SYSTEMS.map(([system]) => (browser[system] ? 'yes' : '–'));
    const names = browser.aliases.map((alias) => `\`${alias}\``).join(', ');
    return `| \`${browser.id}\` | ${browser.name} | ${marks.join(' | ')} | ${names} |`;
  });
  return [
    '| name | browser | Linux | macOS | Windows | other names |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const WORKS = { yes: 'works', override: 'after one command', portal: 'after a question', no: 'cannot work' };

/** A row for each remark, which many browsers share; `APP` is the application's name in it. */
function sandboxes(browsers) {
  const rows = new Map();
  for (const { name, linux } of browsers) {
    const { flatpak, snap } = linux ?? {};
    for (const [kind, app, box] of [
      ['flatpak', flatpak?.app, flatpak],
      ['snap', snap?.name, snap],
    ]) {
      if (!box) continue;
      const remark = `${WORKS[box.works]} | ${box.note.replaceAll(app, 'APP')}`;
      rows.set(remark, [...(rows.get(remark) ?? []), `${name}: ${kind} \`${app}\``]);
    }
  }
  const lines = [...rows].map(([remark, names]) => `| ${names.join('<br>')} | ${remark} |`);
  return ['| browser (APP) | | |', '|---|---|---|', ...lines].join('\n');
}

/**
 * A row for each set of places, which many browsers share.
 * @param {any[]} browsers
 */
function places(browsers, system) {
  const registry = system === 'win32';
  const shared = new Map();
  for (const { name, [system]: entry } of browsers) {
    if (!entry) continue;
    const cells = registry
      ? code(entry.registryKeys)
      : `${code(entry.manifests)} | ${code(entry.systemManifests)}`;
    shared.set(cells, [...(shared.get(cells) ?? []), name]);
  }
  const rows = [...shared].map(([cells, names]) => `| ${names.join(', ')} | ${cells} |`);
  const head = registry
    ? ['| browser | below `HKCU`; for all (`--system`) below `HKLM` |', '|---|---|']
    : ['| browser | for one person | for all (`--system`) |', '|---|---|---|'];
  return [...head, ...rows].join('\n');
}

function code(paths) {
  return paths.map((path) => `\`${path.replace('{home}', '~')}\``).join('<br>') || '–';
}

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
    '`awsher install` registers awsher with every browser it finds; `--browser NAME` with one. A browser started with `--user-data-dir DIR` reads its manifest from that folder: `awsher install --browser chromium --user-data-dir DIR`. On Linux, awsher finds those that are running.',
    overview(browsers),
    `Chromium-based browsers need version ${chromium}, Firefox-based ones ${firefox}.`,
    '## Flatpak and snap',
    'Flatpak and snap run browsers in a sandbox that does not let them start programs outside. What works today:',
    sandboxes(browsers),
    '`awsher doctor` tells which of your browsers can work.',
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

/** @param {any[]} browsers */
function places(browsers, system) {
  const registry = system === 'win32';
  const rows = browsers.flatMap(({ name, [system]: entry }) => {
    if (!entry) return [];
    if (registry) return `| ${name} | ${code(entry.registryKeys)} |`;
    return `| ${name} | ${code(entry.manifests)} | ${code(entry.systemManifests)} |`;
  });
  const head = registry
    ? ['| browser | below `HKCU`; for all (`--system`) below `HKLM` |', '|---|---|']
    : ['| browser | for one person | for all (`--system`) |', '|---|---|---|'];
  return [...head, ...rows].join('\n');
}

function code(paths) {
  return paths.map((path) => `\`${path.replace('{home}', '~')}\``).join('<br>') || '–';
}

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../../test/support/browsers/find.ts';
import { type Home, openHome } from '../../test/support/credentials/home.ts';
import { type Frame, recordingSvg } from './recording.ts';
import { terminalPage } from './terminal-html.ts';
import { openTerminal, type Terminal } from './tmux.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PICTURES = join(ROOT, 'docs', 'pictures');
const COLUMNS = 104;
const RECORDED_COLUMNS = 92;
const KEY_MS = 70;
const READ_MS = 1_500;
const TEAM = `[profiles]
template = "{account_name|slug}_{role|undot}"
exclude = ["*.DatabaseAdmin"]
region = "eu-west-1"

[accounts."*-prod*"]
label = "Production"
color = "red"

[accounts."*-staging*"]
label = "Staging"
color = "yellow"

[production]
accounts = ["*-prod*"]
`;

/** Each is a real session in a real terminal, against the embedded Identity Center. */
const scenes: {
  name: string;
  options: Parameters<typeof openHome>[0];
  play: (scene: Scene) => Promise<void>;
}[] = [
  {
    name: 'recording',
    options: { accounts: 3, rolesPerAccount: 2 },
    async play({ home, record }) {
      home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
      await record([
        ['awsher login', /✓ renewed corp[\s\S]*\n\$ *\n*$/],
        ['awsher accounts', /ReadOnlyAccess[\s\S]*\n\$ *\n*$/],
        ['awsher profiles sync --region us-east-1 --yes --quiet', /--quiet\n\$ *\n*$/],
        ['awsher status', /TIME LEFT[\s\S]*\n\$ *\n*$/],
      ]);
    },
  },
  {
    name: 'accounts',
    options: { accounts: 240, rolesPerAccount: 3, portalRatePerSecond: 20 },
    async play({ terminal, picture }) {
      terminal.type('awsher accounts');
      await terminal.until(/ 1[0-9][0-9] of 240 /);
      await picture('accounts-listing');
      await terminal.until(/\n\$ *\n*$/);
      await terminal.clear();
      terminal.type('awsher accounts --search "data prod read"');
      await terminal.until(/\n\$ *\n*$/);
      await picture('accounts-search');
    },
  },
  {
    name: 'sync',
    options: { accounts: 2, rolesPerAccount: 2 },
    async play({ terminal, picture, home }) {
      terminal.type('awsher profiles sync --region eu-west-1');
      await terminal.until(/Write this\?/);
      await picture('profiles-sync');
      terminal.press('y');
      await terminal.until(/✓/);
      home.idc.accounts[0]?.roles.splice(1, 1);
      home.idc.accounts[1]?.roles.push('Auditor');
      await terminal.clear();
      terminal.type('awsher profiles sync --region eu-west-1 --refresh --prune --yes');
      await terminal.until(/✓.*\n\$ *\n*$/);
      terminal.type('awsher profiles list');
      await terminal.until(/Auditor *\n\$ *\n*$/);
      await picture('profiles-next');
    },
  },
  {
    name: 'picker',
    options: { accounts: 120, rolesPerAccount: 3 },
    async play({ terminal, picture }) {
      terminal.type('awsher profiles sync --yes --quiet');
      await terminal.until(/\n\$ *\n*$/);
      await terminal.clear();
      terminal.type('awsher console --print');
      await terminal.until(/profile/i);
      terminal.press('-l', 'data prod read');
      await terminal.until(/data-prod.*ReadOnly/);
      await picture('picker');
      terminal.press('C-c');
      await terminal.until(/\n\$ *\n*$/);
    },
  },
  {
    name: 'import',
    options: { accounts: 3, rolesPerAccount: 2 },
    async play({ terminal, picture, home }) {
      home.write('team.toml', TEAM);
      terminal.type('awsher import team.toml');
      await terminal.until(/Write this\?/);
      await picture('import');
      terminal.press('y');
      await terminal.until(/✓/);
      terminal.type('awsher profiles sync --yes --quiet');
      await terminal.until(/--quiet\n\$ *\n*$/);
      await terminal.clear();
      terminal.type('awsher profiles list');
      await terminal.until(/\n\$ *\n*$/);
      await picture('profiles-labels');
    },
  },
];

interface Scene {
  readonly terminal: Terminal;
  readonly home: Home;
  picture(name: string): Promise<void>;
  /** Types each line, waits for what it says, and keeps what was on the screen meanwhile as docs/pictures/first-minute.svg. */
  record(lines: readonly (readonly [line: string, answer: RegExp])[]): Promise<void>;
}

const wanted = process.argv.slice(2);
const executablePath = findChromium();
if (executablePath === null) throw new Error('Chromium is needed to draw the pictures');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const { name, options, play } of scenes) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const home = await openHome(options);
    const terminal = await openScene(home, name);
    try {
      await play({
        terminal,
        home,
        picture: (file) => draw(terminal, file),
        record: (lines) => record(terminal, lines),
      });
    } finally {
      terminal.close();
      await home.close();
    }
  }
} finally {
  await browser.close();
}

/** A home that is signed in, and a shell in it in which `awsher` is the built command. */
async function openScene(home: Home, name: string): Promise<Terminal> {
  const { startUrl, region } = home.idc;
  home.config(`[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = ${region}\n`);
  await home.signIn();
  const bin = join(home.home, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'awsher'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'dist/cli/awsher.js')}' "$@"\n`,
  );
  chmodSync(join(bin, 'awsher'), 0o755);
  return openTerminal({
    columns: name === 'recording' ? RECORDED_COLUMNS : COLUMNS,
    rows: 40,
    env: home.env,
    cwd: home.home,
    bin,
  });
}

async function record(
  terminal: Terminal,
  lines: readonly (readonly [line: string, answer: RegExp])[],
): Promise<void> {
  const frames: Frame[] = [];
  let ms = 0;
  const shoot = (step: number): void => {
    const screen = shownScreen(terminal);
    if (frames.at(-1)?.screen !== screen) frames.push({ ms, screen });
    ms += step;
  };
  shoot(READ_MS);
  for (const [line, answer] of lines) {
    for (const word of line.split(/(?<= )/)) {
      terminal.press('-l', '--', word);
      await terminal.until(new RegExp(`${word.trimEnd()}\\s*$`));
      shoot(KEY_MS * word.length);
    }
    const began = Date.now();
    terminal.press('Enter');
    await terminal.until(answer);
    ms += Math.max(300, Date.now() - began);
    shoot(READ_MS);
  }
  const file = join(PICTURES, 'first-minute.svg');
  writeFileSync(file, recordingSvg(frames, RECORDED_COLUMNS));
  console.log(file);
}

/** A throw-away home has a name that says nothing. */
function shownScreen(terminal: Terminal): string {
  return terminal.screen().replaceAll(/\/tmp\/awsher-credentials-\w+/g, '/home/ana');
}

async function draw(terminal: Terminal, name: string): Promise<void> {
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1200, height: 900 } });
  await page.setContent(terminalPage(shownScreen(terminal), COLUMNS));
  const file = join(PICTURES, `${name}.png`);
  await page.locator('main').screenshot({ path: file, omitBackground: true });
  await page.close();
  console.log(file);
}

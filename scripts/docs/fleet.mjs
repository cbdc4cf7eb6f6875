// packaging/fleet/: ready policy files that install the extension, allow its host and pin its button, made from
// manifests/ids.json, so that no id is written by hand twice.
import { createHash } from 'node:crypto';

const CHROME_STORE = 'https://clients2.google.com/service/update2/crx';
const EDGE_STORE = 'https://edge.microsoft.com/extensionwebstorebase/v1/crx';

/** What awsher itself takes from an administrator; the values are examples (manifests/extension/managed-schema.json). */
const MANAGED = {
  sessions: [{ name: 'corp', startUrl: 'https://d-1234567890.awsapps.com/start', region: 'us-east-1' }],
  ask: false,
};

/** @returns {Record<string, string>} path → text */
export function fleetFiles(ids) {
  // A store has an id of its own; until it is known, the file is for a build that a company signs and hosts itself.
  const chrome = chromiumPolicies(ids.host, ids.stores.chrome ?? ids.chromium[0], CHROME_STORE);
  const edge = chromiumPolicies(ids.host, ids.stores.edge ?? ids.chromium[0], EDGE_STORE);
  const firefox = firefoxPolicies(ids);
  const folder = 'packaging/fleet';
  return {
    [`${folder}/linux/chrome.json`]: json(chrome),
    [`${folder}/linux/edge.json`]: json(edge),
    [`${folder}/linux/settings.json`]: json(chromiumSettings(ids)),
    [`${folder}/firefox/policies.json`]: json({ policies: firefox }),
    [`${folder}/windows/chrome.reg`]: registry('Google\\Chrome', chrome, ids.chromium),
    [`${folder}/windows/edge.reg`]: registry('Microsoft\\Edge', edge, ids.chromium),
    [`${folder}/windows/firefox.reg`]: registry('Mozilla\\Firefox', firefox),
    [`${folder}/macos/awsher.mobileconfig`]: mobileConfig([
      ['com.google.Chrome', chrome],
      ['com.microsoft.Edge', edge],
      // Settings of an extension have a domain of their own, in Chrome and Edge alike.
      ...ids.chromium.flatMap((id) => [
        [`com.google.Chrome.extensions.${id}`, MANAGED],
        [`com.microsoft.Edge.extensions.${id}`, MANAGED],
      ]),
      ['org.mozilla.firefox', { EnterprisePoliciesEnabled: true, ...firefox }],
    ]),
  };
}

function chromiumPolicies(host, id, store) {
  const settings = { installation_mode: 'force_installed', update_url: store, toolbar_pin: 'force_pinned' };
  return {
    ExtensionSettings: { [id]: settings },
    NativeMessagingAllowlist: [host],
  };
}

/** Apart from what installs the extension, because these are the values that each company fills in. */
function chromiumSettings({ chromium }) {
  return { '3rdparty': { extensions: Object.fromEntries(chromium.map((id) => [id, MANAGED])) } };
}

function firefoxPolicies({ firefox }) {
  const install_url = `https://addons.mozilla.org/firefox/downloads/latest/${firefox}/latest.xpi`;
  return {
    ExtensionSettings: {
      [firefox]: { installation_mode: 'force_installed', install_url, default_area: 'navbar' },
    },
    '3rdparty': { Extensions: { [firefox]: MANAGED } },
  };
}

/** A list of one text stands on one line, as the formatter has it. */
const json = (value) => `${JSON.stringify(value, null, 2).replace(/\[\s+("[^"]*")\s+\]/g, '[$1]')}\n`;

/** Lists are keys with numbered values; everything deeper is JSON in one value. Lines end as Windows wants them. */
function registry(product, policies, extensions = []) {
  const key = `HKEY_LOCAL_MACHINE\\Software\\Policies\\${product}`;
  const single = Object.entries(policies).filter(([, value]) => !Array.isArray(value));
  const lists = Object.entries(policies).filter(([, value]) => Array.isArray(value));
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    `[${key}]`,
    ...single.map(([name, value]) => `${text(name)}=${text(JSON.stringify(value))}`),
    ...lists.flatMap(([name, values]) => [
      '',
      `[${key}\\${name}]`,
      ...values.map((value, index) => `${text(String(index + 1))}=${text(value)}`),
    ]),
    // Settings of an extension: booleans are numbers, and lists are JSON.
    ...extensions.flatMap((id) => [
      '',
      `[${key}\\3rdparty\\extensions\\${id}\\policy]`,
      ...Object.entries(MANAGED).map(([name, value]) =>
        typeof value === 'boolean'
          ? `${text(name)}=dword:0000000${Number(value)}`
          : `${text(name)}=${text(JSON.stringify(value))}`,
      ),
    ]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function text(value) {
  return `"${value.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
}

function mobileConfig(payloads) {
  const parts = payloads.map(([domain, policies]) => ({
    PayloadType: domain,
    PayloadIdentifier: `dev.awsher.fleet.${domain}`,
    PayloadUUID: uuid(domain),
    PayloadVersion: 1,
    PayloadEnabled: true,
    ...policies,
  }));
  const profile = {
    PayloadType: 'Configuration',
    PayloadDisplayName: 'awsher',
    PayloadIdentifier: 'dev.awsher.fleet',
    PayloadUUID: uuid('dev.awsher.fleet'),
    PayloadVersion: 1,
    PayloadScope: 'System',
    PayloadContent: parts,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    ...plist(profile, ''),
    '</plist>',
    '',
  ].join('\n');
}

function plist(value, indent) {
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return [`${indent}<array>`, ...value.flatMap((item) => plist(item, inner)), `${indent}</array>`];
  if (typeof value === 'object') {
    const entries = Object.entries(value).flatMap(([key, item]) => [
      `${inner}<key>${xml(key)}</key>`,
      ...plist(item, inner),
    ]);
    return [`${indent}<dict>`, ...entries, `${indent}</dict>`];
  }
  if (typeof value === 'boolean') return [`${indent}<${value}/>`];
  if (typeof value === 'number') return [`${indent}<integer>${value}</integer>`];
  return [`${indent}<string>${xml(value)}</string>`];
}

const xml = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Always the same for the same name: a profile that is handed out again replaces the old one. */
function uuid(name) {
  const hex = createHash('sha256').update(`awsher fleet ${name}`).digest('hex').toUpperCase();
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `A${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

// `npm run dev`: the extension in a browser with a throw-away profile, beside an embedded Identity Center; what is saved
// is seen at once (docs/development.md).
import { installDebianPackages, installPackages, requireNode } from './setup.mjs';

const USAGE = `npm run dev               develop in Chromium: views change in place, the rest is loaded again
npm run dev -- --firefox  the same in Firefox
npm run dev -- --stay     with a shell whose \`awsher\` is the one of this build`;

requireNode();
const words = process.argv.slice(2);
const unknown = words.find((word) => !['--firefox', '--stay'].includes(word));
if (unknown !== undefined) {
  console.error(unknown === '--help' ? USAGE : `npm run dev does not know ${unknown}.\n\n${USAGE}`);
  process.exit(unknown === '--help' ? 0 : 2);
}
installPackages();
const firefox = words.includes('--firefox');
await installDebianPackages([firefox ? 'firefox-esr' : 'chromium', 'libnss3-tools']);
await import('./demo/typescript.mjs');
const { develop } = await import('./dev/main.ts');
const code = await develop({ firefox, stay: words.includes('--stay') }).catch((error) => {
  console.error(`npm run dev: ${error instanceof Error ? error.message : error}`);
  return 1;
});
process.exit(code);

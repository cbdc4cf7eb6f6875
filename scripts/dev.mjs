// `npm run dev`: the extension in a browser with a throw-away profile, beside an embedded Identity Center; what is saved
// is seen at once (docs/development.md).
import { installPackages, requireNode } from './setup.mjs';

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
await import('./demo/typescript.mjs');
const { develop } = await import('./dev/main.ts');
process.exit(await develop({ firefox: words.includes('--firefox'), stay: words.includes('--stay') }));

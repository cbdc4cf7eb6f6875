// `node --import ./scripts/demo/typescript.mjs FILE.ts`: types are taken off while a file is loaded. By the bundler that
// is here anyway, in this process: `tsx` starts a program of its own, which may outlive the demo, and keeps a cache
// outside of the throw-away folder. Node 22.18 and later need none of it.
import { register } from 'node:module';

if (!('typescript' in process.features && process.features.typescript))
  register('./typescript-hooks.mjs', import.meta.url);

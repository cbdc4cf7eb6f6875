// Modules of Node that are loaded at the first call, since the fast commands and the host's start need none of them.

/** It costs two milliseconds, a tenth of a whole fast command. */
export const nodeCrypto = (): typeof import('node:crypto') => process.getBuiltinModule('node:crypto');

/** What most of it would be asked for is in `process`. */
export const nodeOs = (): typeof import('node:os') => process.getBuiltinModule('node:os');

/** It brings `dgram` along, a tenth of the host's start. */
export const childProcess = (): typeof import('node:child_process') =>
  process.getBuiltinModule('node:child_process');

/**
 * Node's crypto module, loaded at the first call: it costs two milliseconds, a tenth of a whole fast command, and those
 * need none of it.
 */
export const nodeCrypto = (): typeof import('node:crypto') => process.getBuiltinModule('node:crypto');

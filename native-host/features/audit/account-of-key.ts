const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account that a key belongs to: since 2019 it is part of the access key id, base 32, from the fifth character on, one
 * bit off. Undefined for older ids (`AKIAI…`, `AKIAJ…`), which say nothing.
 */
export function accountOfKey(accessKeyId: string): string | undefined {
  if (!/^A[KS]IA[Q-Z2-7][A-Z2-7]{15}$/.test(accessKeyId)) return undefined;
  let bits = 0n;
  for (const letter of accessKeyId.slice(4, 14)) bits = (bits << 5n) | BigInt(LETTERS.indexOf(letter));
  // Ten letters are fifty bits: the first 48 are six bytes, of which bit 47 and the last seven are not the account's.
  const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n;
  return account < 1_000_000_000_000n ? account.toString().padStart(12, '0') : undefined;
}

/**
 * SHA-1 of a text's UTF-8 bytes, in lower-case hex: what the AWS CLI and the SDKs name their cache files after
 * (FIPS 180-4 §6.1). It guards nothing. Written out because loading `node:crypto` costs more than all the rest of a
 * cached `credential-process` (docs/performance.md).
 */
export function sha1Hex(text: string): string {
  // A name is asked for several times in a row: its token, its notes.
  if (text !== last.text) last = { text, hex: hash(text) };
  return last.hex;
}

let last = { text: '', hex: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' };

function hash(text: string): string {
  const message = Buffer.from(text, 'utf8');
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = Buffer.alloc(blocks * 64);
  message.copy(padded);
  padded[message.length] = 0x80;
  padded.writeUInt32BE(Math.floor(message.length / 0x2000_0000), blocks * 64 - 8);
  padded.writeUInt32BE((message.length << 3) >>> 0, blocks * 64 - 4);

  // Plain variables and one array: this runs cold, where each small allocation shows.
  const sum = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const w = new Int32Array(80);
  for (let at = 0; at < padded.length; at += 64) {
    for (let t = 0; t < 16; t++) w[t] = padded.readInt32BE(at + t * 4);
    for (let t = 16; t < 80; t++) {
      const mixed = word(w, t - 3) ^ word(w, t - 8) ^ word(w, t - 14) ^ word(w, t - 16);
      w[t] = (mixed << 1) | (mixed >>> 31);
    }
    let a = word(sum, 0);
    let b = word(sum, 1);
    let c = word(sum, 2);
    let d = word(sum, 3);
    let e = word(sum, 4);
    for (let t = 0; t < 80; t++) {
      const next = (((a << 5) | (a >>> 27)) + mix(t, b, c, d) + e + constant(t) + word(w, t)) | 0;
      e = d;
      d = c;
      c = (b << 30) | (b >>> 2);
      b = a;
      a = next;
    }
    for (const [at, part] of [a, b, c, d, e].entries()) sum[at] = word(sum, at) + part;
  }
  return [...sum].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

const word = (words: Int32Array, at: number): number => words[at] ?? 0;

function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return (b & c) | (~b & d);
  if (t < 40 || t >= 60) return b ^ c ^ d;
  return (b & c) | (b & d) | (c & d);
}

function constant(t: number): number {
  return t < 20 ? 0x5a827999 : t < 40 ? 0x6ed9eba1 : t < 60 ? 0x8f1bbcdc : 0xca62c1d6;
}

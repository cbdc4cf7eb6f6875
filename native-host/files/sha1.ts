/**
 * SHA-1 of a text's UTF-8 bytes, in lower-case hex: what the AWS CLI and the SDKs name their cache files after
 * (FIPS 180-4 §6.1). It guards nothing. Written out because loading `node:crypto` costs more than all the rest of a
 * cached `credential-process` (docs/performance.md).
 */
export function sha1Hex(text: string): string {
  const message = Buffer.from(text, 'utf8');
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = Buffer.alloc(blocks * 64);
  message.copy(padded);
  padded[message.length] = 0x80;
  padded.writeUInt32BE(Math.floor(message.length / 0x2000_0000), blocks * 64 - 8);
  padded.writeUInt32BE((message.length << 3) >>> 0, blocks * 64 - 4);

  let [a, b, c, d, e] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const w = new Int32Array(80);
  for (let at = 0; at < padded.length; at += 64) {
    for (let t = 0; t < 16; t++) w[t] = padded.readInt32BE(at + t * 4);
    for (let t = 16; t < 80; t++)
      w[t] = rotate(word(w, t - 3) ^ word(w, t - 8) ^ word(w, t - 14) ^ word(w, t - 16), 1);
    const before = [a, b, c, d, e] as const;
    for (let t = 0; t < 80; t++) {
      const next = (rotate(a, 5) + mix(t, b, c, d) + e + constant(t) + word(w, t)) | 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
    }
    [a, b, c, d, e] = [a + before[0], b + before[1], c + before[2], d + before[3], e + before[4]].map(
      (sum) => sum | 0,
    ) as [number, number, number, number, number];
  }
  return [a, b, c, d, e].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

const word = (words: Int32Array, at: number): number => words[at] ?? 0;
const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return (b & c) | (~b & d);
  if (t < 40 || t >= 60) return b ^ c ^ d;
  return (b & c) | (b & d) | (c & d);
}

function constant(t: number): number {
  return t < 20 ? 0x5a827999 : t < 40 ? 0x6ed9eba1 : t < 60 ? 0x8f1bbcdc : 0xca62c1d6;
}

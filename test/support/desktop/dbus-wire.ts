/** As much of the D-Bus wire format as a notification service needs: little-endian, no file descriptors. */

export interface DbusMessage {
  /** 1: call, 2: return, 3: error, 4: signal. */
  type: 1 | 2 | 3 | 4;
  serial: number;
  path?: string | undefined;
  interface?: string | undefined;
  member?: string | undefined;
  sender?: string | undefined;
  destination?: string | undefined;
  replySerial?: number;
  /** Signature of the body. */
  signature: string;
  body: Buffer;
}

const align = (at: number, to: number): number => Math.ceil(at / to) * to;

/** Writes values one after the other, each at its alignment. */
export class DbusWriter {
  #parts: Buffer[] = [];
  #length = 0;
  pad(to: number): this {
    return this.#add(Buffer.alloc(align(this.#length, to) - this.#length));
  }
  byte(value: number): this {
    return this.#add(Buffer.of(value));
  }
  uint32(value: number): this {
    const four = Buffer.alloc(4);
    four.writeUInt32LE(value);
    return this.pad(4).#add(four);
  }
  /** A string or an object path. */
  string(text: string): this {
    const bytes = Buffer.from(text);
    return this.uint32(bytes.length).#add(bytes).byte(0);
  }
  signature(text: string): this {
    return this.byte(text.length).#add(Buffer.from(text)).byte(0);
  }
  /** An array of what `write` writes; `to` is the alignment of its elements. */
  array(to: number, write: (inside: DbusWriter) => void): this {
    // Its elements are aligned to the message, which ends at a multiple of eight here or is padded to one.
    this.pad(4);
    const before = align(this.#length + 4, to);
    const inside = new DbusWriter();
    inside.#length = before;
    write(inside);
    const bytes = Buffer.concat(inside.#parts);
    return this.uint32(bytes.length).pad(to).#add(bytes);
  }
  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
  #add(bytes: Buffer): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}

/** Reads values one after the other. */
export class DbusReader {
  #at: number;
  readonly #bytes: Buffer;
  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }
  get at(): number {
    return this.#at;
  }
  pad(to: number): this {
    this.#at = align(this.#at, to);
    return this;
  }
  byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }
  uint32(): number {
    this.pad(4);
    this.#at += 4;
    return this.#bytes.readUInt32LE(this.#at - 4);
  }
  string(): string {
    return this.#text(this.uint32());
  }
  signature(): string {
    return this.#text(this.byte());
  }
  strings(): string[] {
    const end = this.uint32() + this.#at;
    const found: string[] = [];
    while (this.#at < end) found.push(this.string());
    return found;
  }
  #text(length: number): string {
    const from = this.#at;
    this.#at += length + 1;
    return this.#bytes.toString('utf8', from, from + length);
  }
}

const FIELDS = [
  [1, 'path', 'o'],
  [2, 'interface', 's'],
  [3, 'member', 's'],
  [5, 'replySerial', 'u'],
  [6, 'destination', 's'],
] as const;

/** A message as bytes. */
export function encode(message: DbusMessage): Buffer {
  const head = new DbusWriter()
    .byte('l'.charCodeAt(0))
    .byte(message.type)
    .byte(0)
    .byte(1)
    .uint32(message.body.length)
    .uint32(message.serial)
    .array(8, (fields) => {
      for (const [code, name, type] of FIELDS) {
        const value = message[name];
        if (value === undefined) continue;
        fields.pad(8).byte(code).signature(type);
        if (typeof value === 'number') fields.uint32(value);
        else fields.string(value);
      }
      if (message.signature) fields.pad(8).byte(8).signature('g').signature(message.signature);
    })
    .pad(8);
  return Buffer.concat([head.bytes(), message.body]);
}

/** The first message of a stream and how many bytes it took; `null`: it has not come whole yet. */
export function decode(bytes: Buffer): { message: DbusMessage; size: number } | null {
  if (bytes.length < 16) return null;
  const bodyLength = bytes.readUInt32LE(4);
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  const size = align(fieldsEnd, 8) + bodyLength;
  if (bytes.length < size) return null;
  const found: Record<number, string | number> = {};
  const reader = new DbusReader(bytes, 16);
  while (reader.at < fieldsEnd) {
    const code = reader.pad(8).byte();
    const type = reader.signature();
    found[code] = type === 'u' ? reader.uint32() : type === 'g' ? reader.signature() : reader.string();
  }
  const text = (code: number): string | undefined => {
    const value = found[code];
    return typeof value === 'string' ? value : undefined;
  };
  const message: DbusMessage = {
    type: messageType(bytes.readUInt8(1)),
    serial: bytes.readUInt32LE(8),
    path: text(1),
    interface: text(2),
    member: text(3),
    destination: text(6),
    sender: text(7),
    ...(typeof found[5] === 'number' ? { replySerial: found[5] } : {}),
    signature: text(8) ?? '',
    body: bytes.subarray(align(fieldsEnd, 8), size),
  };
  return { message, size };
}

/** Call, answer, error or signal; whatever else comes is no message. */
function messageType(byte: number): DbusMessage['type'] {
  if (byte === 1 || byte === 2 || byte === 3 || byte === 4) return byte;
  throw new Error(`D-Bus has no message of type ${byte}`);
}

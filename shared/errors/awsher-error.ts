import { ERROR_CODES, type ErrorCode, isErrorCode } from './codes.ts';

export interface ErrorOptions {
  /** The next command to type or thing to do, as one clause: ``run `awsher login corp` ``. */
  hint?: string;
  cause?: unknown;
}

/** Parts of a program that are built apart each have a class of their own, and know each other's errors by this. */
const BRAND = Symbol.for('awsher.error');

/**
 * The only error that awsher shows to a person: a stable code, one sentence, and the next step.
 * `message` and `hint` are shown as they are, so they never carry a token, a device code or a client secret.
 */
export class AwsherError extends Error {
  override readonly name = 'AwsherError';
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  static override [Symbol.hasInstance](value: unknown): value is AwsherError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /** Exit code of a command that ends with this error. */
  get exitCode(): number {
    return ERROR_CODES[this.code];
  }

  /** The form that crosses a process boundary. The cause stays behind: it may hold anything. */
  toWire(): WireError {
    return this.hint === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, hint: this.hint };
  }

  static fromWire(wire: WireError): AwsherError {
    const code = isErrorCode(wire.code) ? wire.code : 'INTERNAL';
    return new AwsherError(code, wire.message, wire.hint === undefined ? {} : { hint: wire.hint });
  }
}

export interface WireError {
  code: string;
  message: string;
  hint?: string | undefined;
}

/** Any thrown value as an AwsherError; what is not one already is a bug and says so without its inner text. */
export function toAwsherError(thrown: unknown): AwsherError {
  if (thrown instanceof AwsherError) return thrown;
  return new AwsherError('INTERNAL', 'Something unexpected went wrong.', {
    hint: 'run `awsher doctor` and report what it says',
    cause: thrown,
  });
}

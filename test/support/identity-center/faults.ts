/** What goes wrong, and for which operation. */
export interface Fault {
  /** `CreateToken`, `ListAccounts`...; `*` is any. */
  operation: string;
  /** How many requests it hits; without it, every one. */
  times?: number;
  /** Answer with this status instead of the real answer. */
  status?: number;
  /** Error type of that answer; by default the one that AWS uses for the status. */
  type?: string;
  /** Wait before the answer; `clear` ends the wait, and then there is none. */
  delayMs?: number;
  /** Cut the connection instead of answering: before the operation took effect, or after it did. */
  cut?: 'before' | 'after';
}

export interface Faults {
  add(fault: Fault): void;
  /** No fault any more: what still waits for its answer gets none, and never took effect. */
  clear(): void;
  /** Aborted by `clear`. */
  readonly cleared: AbortSignal;
  /** Whether a fault for this operation has hits left: once it has none, its last request is being answered. */
  armed(operation: string): boolean;
  /** The fault that hits this request, if any, and one hit less of it. */
  take(operation: string): Fault | null;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  let clearing = new AbortController();
  return {
    add: (fault) => void faults.push({ ...fault }),
    clear: () => {
      faults = [];
      clearing.abort();
      clearing = new AbortController();
    },
    get cleared() {
      return clearing.signal;
    },
    armed: (operation) => faults.some((one) => one.operation === operation),
    take(operation) {
      const fault = faults.find((one) => one.operation === operation || one.operation === '*');
      if (fault === undefined) return null;
      if (fault.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) faults = faults.filter((one) => one !== fault);
      }
      return fault;
    },
  };
}

/** The error type that goes with a bare status. */
export function typeOfStatus(status: number): string {
  if (status === 429) return 'TooManyRequestsException';
  return status >= 500 ? 'InternalServerException' : 'InvalidRequestException';
}

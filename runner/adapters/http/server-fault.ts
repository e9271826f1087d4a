/** What went wrong with one request to a model's server. */
export type FaultKind =
  /** No connection came about. */
  | 'unreachable'
  /** The connection was lost, or the answer did not come to its end. */
  | 'cut'
  | 'silent'
  | 'status'
  /** The server does not have the model. */
  | 'missing'
  /** The key is not there, or cannot be one. */
  | 'key'
  | 'redirect'
  /** What came is not what the protocol says. */
  | 'malformed'
  | 'too-long'
  /** The prompt did not reach the model whole. */
  | 'overflow'
  | 'called-off';

interface Facts {
  /** Of an answer that says one. */
  readonly status?: number;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | null;
  /** What to do, where that is known better than from the kind. */
  readonly mend?: string;
  readonly cause?: unknown;
}

export class ServerFault extends Error {
  readonly status: number;
  readonly retryAfterMs: number | null;
  readonly mend: string | null;

  constructor(
    readonly kind: FaultKind,
    message: string,
    { status = 0, retryAfterMs = null, mend, cause }: Facts = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.mend = mend ?? null;
  }
}

/** The fault that an error comes down to: clients wrap what our own `fetch` throws. Undefined where it is none. */
export function faultOf(error: unknown): ServerFault | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 8; one = one.cause, depth++)
    if (one instanceof ServerFault) return one;
  return undefined;
}

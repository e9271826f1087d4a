import type { ForgeUnavailable } from '../../app/ports/forge.js';

export type Problem = ForgeUnavailable['problem'];

interface Facts {
  readonly status?: number;
  readonly retryAfterMs?: number | null;
  readonly isPassing?: boolean;
  readonly isTooLong?: boolean;
  readonly cause?: unknown;
}

/** What went wrong with one request to a forge. */
export class ForgeFault extends Error {
  /** Of an answer that says one, else 0. */
  readonly status: number;
  /** How long the forge asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** It may be over in a moment. */
  readonly isPassing: boolean;
  /** There is more of the answer than is read. */
  readonly isTooLong: boolean;

  constructor(
    readonly problem: Problem,
    message: string,
    { status = 0, retryAfterMs = null, isPassing = false, isTooLong = false, cause }: Facts = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.isPassing = isPassing;
    this.isTooLong = isTooLong;
  }
}

/** The fault that an error comes down to: clients wrap what our own `fetch` throws. Undefined where it is none. */
export function forgeFaultOf(error: unknown): ForgeFault | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 8; one = one.cause, depth++)
    if (one instanceof ForgeFault) return one;
  return undefined;
}

/** What `ask` brings; null where the forge says that it is not there. */
export async function orNull<T>(ask: Promise<T>): Promise<T | null> {
  try {
    return await ask;
  } catch (error) {
    if (forgeFaultOf(error)?.problem === 'not-found') return null;
    throw error;
  }
}

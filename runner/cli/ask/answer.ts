import type { Connection } from '../../app/connection.js';
import type { Result } from '../../core/failure.js';
import type { Asked } from '../../core/ask/understand.js';
import type { Invocation } from '../command.js';

/** What is answered to a question. */
export interface Answer {
  readonly lines: readonly string[];
  /** The same for programs. */
  readonly data: unknown;
  /** The command that shows this, and more of it. */
  readonly command: string;
}

/** Who asks, where. */
export interface Asking extends Pick<Invocation, 'out' | 'repo' | 'connect' | 'nodeVersion' | 'timezone'> {
  readonly connection: Connection;
}

export type Answerer = (asked: Asked, asking: Asking) => Promise<Result<Answer>>;

/** `1 order`, `2 orders`. */
export const count = (number: number, one: string, more = `${one}s`): string =>
  `${String(number)} ${number === 1 ? one : more}`;

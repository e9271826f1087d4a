import type { ModelAbilities, ModelRequest } from '../../app/ports/models.js';
import type { AnswerEnd } from '../../core/agents/transcript.js';
import type { SaidCall } from './called-tools.js';
import type { Guard } from './guarded-fetch.js';

/** What every request of a conversation needs to know of the model. */
export interface Asking {
  readonly abilities: ModelAbilities;
  readonly temperature: number;
  readonly seed: number;
  readonly guard: Guard;
  readonly onText: (text: string) => void;
}

/** What came, as the server said it. */
export interface Said {
  readonly text: string;
  readonly calls: readonly SaidCall[];
  /** Null where it does not count. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly end: AnswerEnd;
}

/** One server's protocol. All of it fails with `ServerFault`. */
export interface Wire {
  /** Where the server is, for people: no credentials. */
  readonly where: string;
  /** What to do where it does not answer. */
  readonly start: string;
  /** What the server says of the model. */
  look(guard: Guard): Promise<ModelAbilities>;
  answer(request: ModelRequest, asking: Asking): Promise<Said>;
}

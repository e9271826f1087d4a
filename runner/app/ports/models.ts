/** Language models. Every adapter passes the contract suite under `tests/contracts/`. */
import type { AnswerEnd } from '../../core/agents/transcript.js';
import type { Message, ToolCall, ToolSpec } from '../../core/agents/message.js';
import type { Failure, Result } from '../../core/failure.js';
import type { Project } from '../../generated/types.js';

export type ModelSpec = NonNullable<Project['models']>[string];
export type ModelUnavailable = Extract<Failure, { class: 'model-unavailable' }>;

export interface ModelRequest {
  readonly messages: readonly Message[];
  /** The tools that it may ask for; with none it can only answer. */
  readonly tools: readonly ToolSpec[];
  /** A JSON Schema that the answer's text must be JSON of, where the server can see to that. */
  readonly format?: Readonly<Record<string, unknown>>;
  /** The most tokens that the answer may have. */
  readonly maxOutputTokens?: number;
}

export interface ModelAnswer {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** As the server counted them; estimated where it did not. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly end: AnswerEnd;
}

/** What the server says of a model. */
export interface ModelAbilities {
  /** How many tokens fit, prompt and answer together. */
  readonly contextTokens: number;
  /** Whether it can ask for tools in its protocol. */
  readonly callsTools: boolean;
  /** Neither the server nor the project says how many tokens fit. */
  readonly contextIsGuessed?: true;
  /** What the server says that the model is. */
  readonly digest?: string;
}

/** One model of the project's. */
export interface Model {
  /** Its key under `models`. */
  readonly name: string;
  readonly spec: ModelSpec;
  /** Null when the server answers and has the model. Asked before an order is claimed: takes some seconds at most, and may be what was found some seconds ago. */
  unavailable(): Promise<ModelUnavailable | null>;
  /** Asked from the server once, unless the project says it. */
  abilities(): Promise<Result<ModelAbilities, ModelUnavailable>>;
  /**
   * One answer. Waits and tries again by itself while the server is busy, as long as that makes sense. Fails with `model-unavailable`, also where the answer
   * was cut in the middle: nothing of it counts then. `onText` is told of the text as it comes. Aborted: `model-unavailable` as well; the caller knows.
   */
  answer(
    request: ModelRequest,
    signal: AbortSignal,
    onText?: (text: string) => void,
  ): Promise<Result<ModelAnswer, ModelUnavailable>>;
}

export interface Models {
  /** Does not talk to the server yet. */
  open(name: string, spec: ModelSpec): Promise<Model>;
}

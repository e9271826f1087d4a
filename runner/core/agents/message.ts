/** One turn of a conversation with a model, whatever protocol its server speaks. */
export type Message =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  /** What became of a call. */
  | { readonly role: 'tool'; readonly call: string; readonly name: string; readonly text: string };

/** A tool that a model asks for. */
export interface ToolCall {
  /** Unique within the conversation; made up where the server gives none. */
  readonly id: string;
  readonly name: string;
  readonly arguments: CallArguments;
}

/** What a model gave as arguments; `text` where that is no JSON object. */
export type CallArguments =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly text: string };

/** A tool as a model is told of it. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** A JSON Schema of an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

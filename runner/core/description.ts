/** A failure in words: what happened, the details worth showing, and what a person does next. */
export interface Description {
  readonly what: string;
  readonly details: readonly string[];
  readonly next: readonly string[];
}

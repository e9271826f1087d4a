/** What only the meaning of a file shows to be wrong, at the path of the value: `['steps', 2, 'needs', 0]`. */
export interface Fault {
  readonly path: readonly (string | number)[];
  /** What is wrong and what was expected. */
  readonly message: string;
  readonly hint?: string;
}

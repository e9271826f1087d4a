/** Which branches people have checked out in the work trees of this repository. */
export interface Checkouts {
  /** The folder of a work tree that has the branch (a full ref name) checked out, or is in the middle of a rebase or bisection of it; null where none has. */
  holding(ref: string): Promise<string | null>;
}

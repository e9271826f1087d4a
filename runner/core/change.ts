/** One path that differs between two trees. */
export interface Change {
  readonly path: string;
  readonly kind: 'added' | 'modified' | 'deleted' | 'mode' | 'type';
  readonly oldMode: string;
  readonly newMode: string;
  readonly binary: boolean;
  /** Lines added and removed; 0 for a binary file. */
  readonly added: number;
  readonly removed: number;
}

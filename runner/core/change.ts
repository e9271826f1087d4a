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
  /** Packages that a manifest names now and did not before; only where that was looked at. */
  readonly dependencies?: readonly string[];
}

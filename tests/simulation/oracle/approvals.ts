import type { Difference } from '../git/changes.js';
import type { Commit } from '../git/objects.js';
import { rememberingFormats } from '../formats.js';
import { APPROVERS } from '../project.js';
import type { Broken } from './places.js';

const APPROVED = /^vault\/approved\/([a-z0-9-]+)\.yml$/;
const FIRED = /^vault\/fired\/([a-z0-9-]+)\.yml$/;

/** Who said yes to what, by the hand that wrote the commit, and what was done with it: once, and not without. */
export class Approvals {
  readonly #by = new Map<string, Set<string>>();
  readonly #fired = new Set<string>();

  constructor(private readonly broken: Broken) {}

  /** A commit on whatever line of the branch, against its first parent. */
  said({ author, signedBy, parents }: Commit, changes: readonly Difference[], verify: 'signature' | 'identity'): void {
    for (const { path, after } of changes) {
      const approved = after === null ? undefined : APPROVED.exec(path)?.[1];
      const approver = APPROVERS.find(({ email }) => email === author.email);
      const isTheirs = approver !== undefined && (verify === 'identity' || signedBy === approver.key);
      if (approved !== undefined && isTheirs && parents.length === 2 && changes.length === 2)
        this.#by.set(approved, (this.#by.get(approved) ?? new Set()).add(approver.name));
    }
  }

  /** A step of the branch itself. */
  commit(changes: readonly Difference[]): void {
    for (const { path, before, after } of changes) {
      const fired = FIRED.exec(path)?.[1];
      if (fired === undefined) continue;
      if (after === null) this.broken(`the fired request ${fired} was removed`);
      else if (before === null) this.#fires(fired, path, after.blob.bytes);
    }
  }

  #fires(id: string, path: string, bytes: Uint8Array): void {
    if (this.#fired.has(id)) this.broken(`the request ${id} was fired twice`);
    this.#fired.add(id);
    const request = rememberingFormats.request(path, bytes);
    const needed = request.ok ? request.value.needs.approvals : 1;
    const by = this.#by.get(id)?.size ?? 0;
    if (by < needed) this.broken(`the request ${id} was fired with ${String(by)} of ${String(needed)} approvals`);
  }
}

import { ok } from '../../core/failure.js';
import type { SeenIssues } from '../../core/forge/seen.js';
import type { Forge, Told } from '../ports/forge.js';

/** The open issues with one of these labels. */
export async function seeIssues(forge: Forge, labels: readonly string[]): Told<SeenIssues> {
  const open = await forge.issues({ labels });
  return open.ok ? ok({ open: open.value }) : open;
}

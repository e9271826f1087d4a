import { ok } from '../../core/failure.js';
import { NO_REQUESTS, type SeenOnForge } from '../../core/forge/seen.js';
import type { ForgeUses } from '../../core/forge/uses.js';
import type { StoredOrder } from '../../core/record.js';
import type { Forge, Told } from '../ports/forge.js';
import { seeRequests } from './requests.js';

/** Asks the forge for everything that the project's files want to know of it, and for nothing else. */
export async function see(forge: Forge, uses: ForgeUses, ops: string, live: readonly StoredOrder[]): Told<SeenOnForge> {
  const open = await forge.openPulls();
  if (!open.ok) return open;
  const requests = uses.requests ? await seeRequests(forge, open.value, ops, live) : ok(NO_REQUESTS);
  return requests.ok ? ok({ requests: requests.value }) : requests;
}

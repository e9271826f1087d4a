import { createHash } from 'node:crypto';
import { cron } from '../../../runner/adapters/cron.js';
import type { Failure, Result } from '../../../runner/core/failure.js';
import { instant, type CommitId, type Instant } from '../../../runner/core/ids.js';
import type { EndedState, StoredOrder } from '../../../runner/core/record.js';
import type { Happening, TriggerView } from '../../../runner/core/triggers/occasions.js';
import { planTriggers, type TriggerPlan } from '../../../runner/core/triggers/plan.js';
import { kindOf, specDigest, type Trigger, type TriggerRecord } from '../../../runner/core/triggers/trigger.js';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const at = (text: string): Instant => instant(Date.parse(text));
export const commit = (name: string): CommitId => sha256(name).slice(0, 40) as CommitId;

/** What a tick sees, beside what the ticks before it wrote. */
export interface Seen {
  readonly paused?: boolean;
  readonly tip?: string;
  /** Where its branch is cannot be told. */
  readonly unseen?: true;
  /** Of the order whose result the tip is. */
  readonly chain?: number;
  readonly changed?: readonly string[] | null;
  readonly files?: string;
  readonly happenings?: readonly Happening[];
  readonly others?: number;
}

/** An ops branch in memory: what one tick writes, the next one reads. */
export class World {
  records = new Map<string, TriggerRecord | null>();
  readonly orders: StoredOrder[] = [];
  readonly live = new Set<string>();
  readonly ended = new Map<string, EndedState>();
  /** Why orders are not taken in, by their names. */
  refuses: (name: string) => Failure | null = () => null;

  constructor(public triggers: readonly Trigger[]) {}

  tick(now: string, seen: Seen = {}): TriggerPlan {
    const files = seen.files === undefined ? undefined : sha256(seen.files);
    const tip = seen.tip === undefined ? null : commit(seen.tip);
    const views = new Map<string, TriggerView>();
    for (const trigger of this.triggers) {
      const record = this.records.get(trigger.id);
      const counts = record?.spec === specDigest(trigger, sha256);
      const kind = kindOf(trigger);
      if (kind === 'cron')
        views.set(trigger.id, { kind, schedule: cron.schedule(trigger.cron ?? '', trigger.timezone ?? 'UTC') });
      else if (!counts || (kind === 'branch' && seen.unseen)) continue;
      else if (kind === 'branch')
        views.set(trigger.id, { kind, tip, changed: seen.changed ?? null, chain: seen.chain ?? null });
      else if (kind === 'files') views.set(trigger.id, { kind, digest: files ?? '', changed: seen.changed ?? null });
      else views.set(trigger.id, { kind, happenings: seen.happenings ?? [], others: seen.others ?? 0 });
    }
    const names = new Set([...this.live, ...this.ended.keys()]);
    const planned = planTriggers(
      {
        tip: commit(`ops at ${now}`),
        records: this.records,
        views,
        tips: new Map(
          this.triggers.flatMap(({ branch }) => (branch === undefined || seen.unseen ? [] : [[branch, tip] as const])),
        ),
        files: new Map(this.triggers.flatMap(({ id }) => (files === undefined ? [] : [[id, files] as const]))),
      },
      {
        project: { version: 1, project: 'shop', triggers: [...this.triggers] },
        now: at(now),
        paused: seen.paused ?? false,
        sha256,
        live: this.live,
        ended: this.ended,
        taken: (name) => names.has(name),
        take: (order, name, actor): Result<StoredOrder> => {
          const failure = this.refuses(name);
          if (failure !== null) return { ok: false, failure };
          names.add(name);
          const accepted = { at: at(now), from: actor, digest: '', actor };
          const { formula = '', dedupe = formula } = order;
          return {
            ok: true,
            value: { state: 'queue', record: { id: name, order, formula, dedupe, accepted, attempts: 0 } },
          };
        },
      },
    );
    for (const { trigger, record, orders } of planned.writes) {
      if (record === null) this.records.delete(trigger);
      else this.records.set(trigger, record);
      for (const order of orders) {
        this.orders.push(order);
        this.live.add(order.record.id);
      }
    }
    return planned;
  }

  /** The names of all orders that were made. */
  get made(): readonly string[] {
    return this.orders.map(({ record }) => record.id);
  }

  /** Ends every order. */
  end(state: EndedState = 'done'): void {
    for (const name of this.live) this.ended.set(name, state);
    this.live.clear();
  }

  record(id: string): TriggerRecord {
    const found = this.records.get(id);
    if (found == null) throw new Error(`no record of ${id}`);
    return found;
  }
}

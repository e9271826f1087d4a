import { issueOf } from '../../core/forge/issues.js';
import { instant, later, type Instant } from '../../core/ids.js';
import { ENDED_STATES, month, type StoredOrder } from '../../core/record.js';
import type { TreeFile } from '../ports/repository.js';
import type { OpsView } from '../observe.js';
import { readRecords } from '../records.js';
import type { Tools } from '../tools.js';

/** The orders of one issue by one of its texts, as the ops branch has them. */
export interface IssueOrders {
  readonly number: number;
  /** The order that looks into it; all others are named after it. */
  readonly root: string;
  readonly live: readonly StoredOrder[];
  /** The files of those that ended, of this month and the one before. */
  readonly ended: readonly TreeFile[];
}

const ENDED =
  /^(?:done|failed|cancelled|rejected)\/\d{4}\/\d{2}\/(issue-(\d+)-[0-9a-f]{12})(?:-[a-z0-9-]+)?\.(?:yml|error\.md)$/;

/** All that came of issues and has not ended, or has lately. Reads listings, and no files. */
export async function issueOrders(
  { repository, clock }: Pick<Tools, 'repository' | 'clock'>,
  { tip, live }: Pick<OpsView, 'tip' | 'live'>,
): Promise<readonly IssueOrders[]> {
  const months = [month(clock.now()), month(monthBefore(clock.now()))];
  const files = await repository.files(
    tip,
    [...ENDED_STATES, 'rejected'].flatMap((state) => months.map((each) => `${state}/${each}`)),
  );
  const found = new Map<string, { number: number; live: StoredOrder[]; ended: TreeFile[] }>();
  const of = (root: string, number: number): { live: StoredOrder[]; ended: TreeFile[] } => {
    const known = found.get(root) ?? { number, live: [], ended: [] };
    found.set(root, known);
    return known;
  };
  for (const order of live) {
    const from = issueOf(order.record);
    if (from !== null) of(from.root, from.number).live.push(order);
  }
  for (const file of files) {
    const [, root = '', number = ''] = ENDED.exec(file.path) ?? [];
    // What was dropped and refused lies there too, beside the reasons.
    if (root !== '' && (!file.path.startsWith('rejected/') || file.path.endsWith('.error.md')))
      of(root, Number(number)).ended.push(file);
  }
  return [...found].map(([root, each]) => ({ root, ...each }));
}

function monthBefore(now: Instant): Instant {
  return later(instant(Date.parse(`${now.slice(0, 7)}-01T00:00:00.000Z`)), -1);
}

/** Its orders, the one that looks into it first; none where the names are of something else. */
export async function readIssueOrders(
  tools: Pick<Tools, 'repository' | 'formats'>,
  { root, live, ended }: IssueOrders,
): Promise<readonly StoredOrder[]> {
  const { orders } = await readRecords(
    ended.filter(({ path }) => path.endsWith('.yml')),
    tools,
  );
  const own = [...orders, ...live].filter(({ record }) => issueOf(record)?.root === root);
  const rank = ({ record }: StoredOrder): string =>
    `${record.id === root ? '0' : '1'} ${record.accepted.at} ${record.id}`;
  return own.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

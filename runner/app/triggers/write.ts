import type { TriggerWrite } from '../../core/triggers/plan.js';
import { triggerPath } from '../../core/triggers/trigger.js';
import { recordPath } from '../../core/record.js';
import type { OpsCommit, Person } from '../ports/ops.js';
import { RUNNER, type Tools } from '../tools.js';
import { transitionCommit } from '../transition.js';

/** One commit for a trigger's record and the orders that it makes, so that neither is ever without the other. */
export function triggerCommit(
  { trigger, words, record, orders }: TriggerWrite,
  tools: Pick<Tools, 'formats' | 'clock' | 'processes'>,
  actor: Person = RUNNER,
): OpsCommit {
  const { host, pid } = tools.processes.self();
  const made = orders.map((to) => transitionCommit({ event: 'fire', from: null, to }, tools));
  const path = triggerPath(trigger);
  return {
    subject: `trigger ${trigger}: ${words.length <= LONGEST ? words : `${words.slice(0, LONGEST)}…`}`,
    ...(orders.length < 2 ? {} : { body: orders.map((order) => recordPath(order)).join('\n') }),
    trailers: [
      ['PushPals-Trigger', trigger],
      ...orders.flatMap(({ record: { id } }): OpsCommit['trailers'] => [
        ['PushPals-Order', id],
        ['PushPals-Event', 'fire'],
      ]),
      ...(orders.length === 0 ? [['PushPals-Event', 'trigger'] as const] : []),
      ['PushPals-Runner', `${host}/${String(pid)}`],
      ['PushPals-Actor', `${actor.name} <${actor.email}>`],
    ],
    author: actor,
    at: tools.clock.now(),
    files: [
      ...made.flatMap(({ files }) => files),
      { path, content: record === null ? null : tools.formats.stringify(record) },
    ],
  };
}

const LONGEST = 100;

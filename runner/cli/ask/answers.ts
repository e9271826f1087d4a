import type { Topic } from '../../core/ask/vocabulary.js';
import type { Answerer } from './answer.js';
import { failed, finished, happened, shipped } from './ended.js';
import { needsPeople, overview, paused, queue, runner, running, waiting } from './live.js';
import { order, orderApprovals, orderSource, orderTier, orderTimes, orderWhy } from './order.js';
import { orderChanges, orderCost, orderLog, orderReport } from './order-evidence.js';
import { health, trigger, triggers, usage } from './upkeep.js';

/** Who answers what. */
export const ANSWERERS: Readonly<Record<Topic, Answerer>> = {
  overview,
  running,
  queue,
  waiting,
  'needs-people': needsPeople,
  health,
  paused,
  runner,
  failed,
  shipped,
  finished,
  happened,
  usage,
  triggers,
  trigger,
  order,
  'order-why': orderWhy,
  'order-changes': orderChanges,
  'order-log': orderLog,
  'order-report': orderReport,
  'order-approvals': orderApprovals,
  'order-tier': orderTier,
  'order-times': orderTimes,
  'order-source': orderSource,
  'order-cost': orderCost,
};

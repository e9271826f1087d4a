import type { OrderRecord, Round, RunRecord, StepStatus } from '../../generated/types.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { parseJson } from '../../core/parse-json.js';
import { readEvidence, type Evidence } from '../evidence.js';
import { findOrder } from '../orders.js';
import type { Tools } from '../tools.js';

/** A run as the ops branch has it. */
export interface RecordedRun {
  /** Without the rounds of its reviews: a replay comes to those by itself. */
  readonly record: OrderRecord & { readonly run: RunRecord };
  readonly rounds: readonly Round[];
  readonly evidence: Evidence;
  readonly facts: (step: string) => StepEvidence;
}

/** What the evidence says of a step beyond its status; null where it does not. */
interface StepEvidence {
  readonly exitCode: number | null;
  readonly tree: string | null;
  readonly logDigest: string | null;
  readonly imageDigest: string | null;
}

/** The keys of a step's status; the rest of a step in `run.json` is evidence. */
const STATUS = [
  ...['state', 'attempt', 'startedAt', 'durationMs', 'usage', 'secrets', 'snapshot', 'outputs', 'leftIgnored'],
  ...['partial', 'conversation', 'failure', 'because'],
];

/**
 * The last run of an order, or the one that is named (`fix-2`), from its record and evidence. Who may push to the ops branch can write both: what is
 * read is checked by the schema of records, and what a replay does with it is decided on the project's own files.
 */
export async function readRecordedRun(tools: Tools, name: string): Promise<Result<RecordedRun>> {
  const evidence = await readEvidence(tools, name);
  if (!evidence.ok) return evidence;
  const json = fieldsOf(parseJson(Buffer.from(evidence.value.files.get('run.json') ?? '').toString('utf8')));
  const broken = (what: string): Result<never> =>
    fail({
      class: 'state-conflict',
      what: `the evidence of ${name} cannot be replayed: ${what}`,
      hint: '`pushpals audit` says what else is wrong with the branch.',
    });
  const id = json['order'];
  if (typeof id !== 'string') return broken('its run.json names no order');
  const order = await findOrder(tools, id);
  if (!order.ok) return order;
  const { record } = order.value;
  const steps = listOf(json['steps']).map(fieldsOf);
  const known = new Map(steps.map((step) => [step['key'], step]));
  const formula = fieldsOf(json['formula']);
  const run = {
    ...{ id: json['run'], attempt: json['attempt'], claimedAt: json['claimedAt'], claimant: json['claimant'] },
    leaseUntil: json['claimedAt'],
    formula: formula['name'],
    formulaDigest: String(formula['digest']).replace(/^sha256:/, ''),
    ...{ base: json['base'], driver: json['driver'] },
    ...(json['merge'] === undefined ? {} : { merge: json['merge'] }),
    ...(json['rounds'] === undefined ? {} : { rounds: json['rounds'] }),
    steps: Object.fromEntries(steps.map((step) => [String(step['key']), statusOf(step)])),
  };
  const path = `${evidence.value.folder}/run.json`;
  const { ended: _, waiting: __, run: ___, ...rest } = record;
  const checked = tools.formats.record(path, Buffer.from(tools.formats.stringify({ ...rest, run })));
  if (!checked.ok) return checked;
  if (checked.value.run === undefined) return broken('it holds no run');
  const { rounds = [], ...found } = checked.value.run;
  return ok({
    record: { ...checked.value, run: found },
    rounds,
    evidence: evidence.value,
    facts: (key) => evidenceOf(known.get(key) ?? {}),
  });
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const statusOf = (step: Fields): StepStatus =>
  Object.fromEntries(
    Object.entries({ state: 'pending', ...step }).filter(([key]) => STATUS.includes(key)),
  ) as unknown as StepStatus;

const evidenceOf = ({ exitCode, tree, logDigest, imageDigest }: Fields): StepEvidence => ({
  exitCode: typeof exitCode === 'number' ? exitCode : null,
  tree: typeof tree === 'string' && /^[0-9a-f]{40,64}$/.test(tree) ? tree : null,
  logDigest: textOr(logDigest),
  imageDigest: textOr(imageDigest),
});

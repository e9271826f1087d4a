/** A run that an agent worked in, as its evidence says. */
export interface AgentRun {
  readonly agent: string;
  readonly order: string;
  readonly run: string;
  readonly outcome: string;
  readonly endedAt: string;
  /** What models read and wrote in it; 0 where nobody knows. */
  readonly tokens: number;
}

/** How an agent did lately. */
export interface TrackRecord {
  readonly runs: number;
  /** Runs that came to an end other than a failure. */
  readonly succeeded: number;
  /** The newest first. */
  readonly last: readonly AgentRun[];
}

const SUCCESSES: readonly string[] = ['shipped', 'no-change', 'held-back', 'completed'];
const SHOWN = 5;

/** The run that a `run.json` tells of; null where no agent worked in it, or it is no such record. Whoever may push to the ops branch can write one. */
export function agentRunOf(value: unknown): AgentRun | null {
  const of = (holder: unknown, key: string): unknown =>
    holder !== null && typeof holder === 'object' && Object.hasOwn(holder, key)
      ? (holder as Readonly<Record<string, unknown>>)[key]
      : undefined;
  const steps = of(value, 'steps');
  if (!Array.isArray(steps) || !steps.some((step) => of(step, 'kind') === 'agent')) return null;
  const text = (key: string): string | null => {
    const found = of(value, key);
    return typeof found === 'string' ? found.slice(0, 200) : null;
  };
  const [agent, order, run, outcome, endedAt] = ['agent', 'order', 'run', 'outcome', 'endedAt'].map(text);
  if (agent == null || order == null || run == null || outcome == null || endedAt == null) return null;
  const tokens = steps.reduce<number>((sum, step) => {
    const usage = of(step, 'usage');
    const counts = [of(usage, 'inputTokens'), of(usage, 'outputTokens')];
    return (
      sum +
      counts.reduce<number>((all, each) => all + (Number.isSafeInteger(each) && Number(each) > 0 ? Number(each) : 0), 0)
    );
  }, 0);
  return { agent, order, run, outcome, endedAt, tokens };
}

/** What an agent's runs come to. */
export function trackRecord(agent: string, runs: readonly AgentRun[]): TrackRecord {
  const own = runs.filter((run) => run.agent === agent).sort((a, b) => (a.endedAt < b.endedAt ? 1 : -1));
  return {
    runs: own.length,
    succeeded: own.filter(({ outcome }) => SUCCESSES.includes(outcome)).length,
    last: own.slice(0, SHOWN),
  };
}

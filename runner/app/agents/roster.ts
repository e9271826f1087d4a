import { modelsOf } from '../../core/agents/agent.js';
import { agentRunOf, trackRecord, type AgentRun, type TrackRecord } from '../../core/agents/track-record.js';
import { ok, type Failure, type Result } from '../../core/failure.js';
import { day } from '../../core/record.js';
import { later, type CommitId, type Instant } from '../../core/ids.js';
import { parseJson } from '../../core/parse-json.js';
import type { Agent } from '../../generated/types.js';
import type { Connection } from '../connection.js';
import type { Desired } from '../desired.js';
import type { Tools } from '../tools.js';
import { readWorld } from '../world.js';

/** How far back an agent's runs are looked at. */
export const LOOK_BACK_DAYS = 14;
const DAY_MS = 86_400_000;
const MOST_RUNS = 1000;
const RUN_BYTES = 1024 * 1024;

/** An agent as the project's branch has it, and how it did. */
export interface Listed {
  readonly name: string;
  /** The file, or `built-in agents/…`. */
  readonly from: string;
  /** Null where its file has errors. */
  readonly agent: Agent | null;
  readonly failure: Failure | null;
  /** The models that it may use, the first choice first. */
  readonly models: ReturnType<typeof modelsOf>;
  readonly record: TrackRecord;
}

/** Every agent that a formula of the project can name, sorted by name. */
export async function readRoster({
  tools,
  branch,
}: Pick<Connection, 'tools' | 'branch'>): Promise<Result<readonly Listed[]>> {
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const { desired } = world.value;
  const tip = await tools.ops.tip();
  const runs = tip === null ? [] : await agentRuns(tools, tip, tools.clock.now());
  const listed = desired.agentNames.map((name) => listedAs(name, desired, runs));
  return ok(await Promise.all(listed));
}

async function listedAs(name: string, desired: Desired, runs: readonly AgentRun[]): Promise<Listed> {
  const found = await desired.agent(name);
  const agent = found?.ok === true ? found.value : null;
  return {
    name,
    from: desired.origin('agents', name) ?? name,
    agent,
    failure: found?.ok === false ? found.failure : null,
    models: agent === null ? [] : modelsOf(agent, desired.project),
    record: trackRecord(name, runs),
  };
}

/** The runs of the newest days in which an agent worked, by their evidence. */
async function agentRuns(
  { repository }: Pick<Tools, 'repository'>,
  tip: CommitId,
  now: Instant,
): Promise<readonly AgentRun[]> {
  const days = Array.from({ length: LOOK_BACK_DAYS }, (_, ago) => `evidence/${day(later(now, -ago * DAY_MS))}`);
  const files = (await repository.files(tip, days))
    .filter(({ path }) => path.endsWith('/run.json'))
    .sort((a, b) => (a.path < b.path ? 1 : -1))
    .slice(0, MOST_RUNS);
  const blobs = await repository.blobs(
    files.map(({ blob }) => blob),
    RUN_BYTES,
  );
  return files.flatMap(({ blob }) => {
    const bytes = blobs.get(blob);
    const run = bytes == null ? null : agentRunOf(parseJson(Buffer.from(bytes).toString('utf8')));
    return run === null ? [] : [run];
  });
}

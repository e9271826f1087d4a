import { scriptsOf } from '../command.js';
import { ancestors, changesFiles, workspaceSource, type Node, type Statuses } from '../graph.js';
import type { StepKey } from '../ids.js';
import type { Project, Round } from '../../generated/types.js';

/** What of a run is done again. */
export interface Wanted {
  /** This step alone; null: all that can be. */
  readonly step: string | null;
  /** Steps that reach a network as well. */
  readonly network: boolean;
  /** Agents work anew, instead of saying again what they said. */
  readonly live: boolean;
}

const KINDS: Readonly<Record<string, string>> = {
  ship: 'it ships',
  orders: 'it files orders',
  approve: 'people decide it',
  task: 'people do it',
};

/**
 * The steps that are taken from the record, each with why: what they do is done outside, or cannot be done again from what is recorded. `kept`: what a
 * step left is there still. `mute`: why what a step's agent said cannot be played back; null if it can. `rounds`: a review that sent the run back is only
 * had again with what it sent it back to, since the record has nothing but the last of what they came to.
 */
export function takenSteps(
  nodes: readonly Node[],
  recorded: Statuses,
  project: Project,
  wanted: Wanted,
  kept: (key: string) => boolean,
  mute: (key: string) => string | null,
  rounds: readonly Pick<Round, 'review' | 'fix'>[] = [],
): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  for (const node of nodes) {
    const why = reason(node, recorded, project, wanted, mute);
    if (why !== null) taken.set(node.key, why);
  }
  // What a step left for git to ignore is in no record, and so is what later steps make of it.
  for (let again = true; again;) {
    again = false;
    for (const round of rounds) {
      const whole = roundOf(nodes, round);
      const one = whole.find((key) => taken.has(key));
      if (one === undefined || (taken.has(round.review) && taken.has(round.fix))) continue;
      for (const key of [round.review, round.fix])
        if (!taken.has(key)) taken.set(key, `${round.review} sent the run back, and ${one} is taken from the record`);
      again = true;
    }
    for (const node of nodes) {
      if (taken.has(node.key)) continue;
      const gone = [...ancestors(nodes, node.key)].find((key) => isGone(nodes, taken, recorded, kept, key));
      if (gone !== undefined) {
        taken.set(node.key, `it starts from what ${gone} left, which is not kept`);
        again = true;
      }
      if (taken.has(node.key) || !changesFiles(node)) continue;
      const source = workspaceSource(nodes, recorded, node.key);
      if (source === null || !taken.has(source) || !leavesIgnored(recorded, source)) continue;
      taken.set(node.key, `it goes on with files of ${source} that git ignores`);
      again = true;
    }
  }
  return taken;
}

/** A review, what it sent the run back to, and the steps between them that change files. */
function roundOf(nodes: readonly Node[], { review, fix }: Pick<Round, 'review' | 'fix'>): readonly string[] {
  const before = nodes.some(({ key }) => key === review) ? ancestors(nodes, review as StepKey) : new Set<StepKey>();
  const between = nodes.filter(
    (node) => changesFiles(node) && before.has(node.key) && ancestors(nodes, node.key).has(fix as StepKey),
  );
  return [review, fix, ...between.map(({ key }) => key)];
}

function reason(
  node: Node,
  recorded: Statuses,
  project: Project,
  { step, network, live }: Wanted,
  mute: (key: string) => string | null,
): string | null {
  const { key, kind } = node;
  if (step !== null && step !== key && step !== node.step.id) return `only ${step} is replayed`;
  const outside = KINDS[kind];
  if (outside !== undefined) return outside;
  const state = recorded[key]?.state ?? 'pending';
  if (state === 'pending' || state === 'running' || state === 'cancelled') return 'it did not come to its end';
  if (node.step.secrets !== undefined) return 'it gets secrets';
  const isAgents = kind === 'agent' || kind === 'review';
  const silent = isAgents && !live ? mute(key) : null;
  if (silent !== null) return silent;
  const scripts = scriptsOf(node.step, project);
  const reaches = isAgents
    ? (node.step.network ?? project.sandbox?.network ?? 'none') !== 'none'
    : !('missing' in scripts) && scripts.some((script) => script.network !== 'none');
  return reaches && !network ? 'it reaches a network; --network runs it' : null;
}

/** Whether a step that is taken from the record changed files, and nobody has them any more. */
function isGone(
  nodes: readonly Node[],
  taken: ReadonlyMap<string, string>,
  recorded: Statuses,
  kept: (key: string) => boolean,
  key: string,
): boolean {
  const node = nodes.find((each) => each.key === key);
  return (
    node !== undefined && changesFiles(node) && taken.has(key) && recorded[key]?.state === 'succeeded' && !kept(key)
  );
}

function leavesIgnored(recorded: Statuses, key: string): boolean {
  const status = recorded[key];
  return status?.state === 'succeeded' && status.leftIgnored === true;
}

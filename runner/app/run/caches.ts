import { cacheBytes, cacheIdentity, cachesOf, linksTo, mayKeep } from '../../core/caches.js';
import { formulaFacts } from '../../core/formula-facts.js';
import type { Node } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { decide } from '../../core/policy.js';
import { factsOf, type RunContext } from './context.js';

/** The caches that one sandbox shows its step. */
export interface OpenCaches {
  /** Shell that stands before the step's own script. */
  readonly links: (paths: { readonly in: string; readonly out: string }) => string;
  /** Copies that the step may write to, and that are kept once it has succeeded. */
  readonly written: readonly { readonly digest: string; readonly place: string; readonly path: string }[];
}

export const NO_CACHES: OpenCaches = { links: () => '', written: [] };

/**
 * Lays a step's caches into the folders that its sandbox is about to be given: one that it may fill as a copy among its outputs, any other among its inputs, which
 * are read-only. So no driver has to know of them, and what is written counts as the step's.
 */
export async function openCaches(
  context: RunContext,
  node: Node,
  commit: CommitId,
  { inDir, outDir }: { readonly inDir: string; readonly outDir: string },
): Promise<OpenCaches> {
  const caches = cachesOf(node.step);
  if (caches.length === 0) return NO_CACHES;
  const { tools, driver, loaded, policy, journal, project } = context;
  const { tier } = decide(journal.order.record.order, formulaFacts(loaded.formula), null, policy, tools.cel);
  const image = node.step.image ?? project.sandbox?.image;
  const named = image === undefined ? null : await driver.images?.pinnedName(image);
  const mayWrite = mayKeep(loaded.formula, node.step, context.resumed);
  const { notes } = factsOf(context, node.key);
  const shown: { path: string; root: 'in' | 'out'; name: string }[] = [];
  const written: OpenCaches['written'][number][] = [];
  for (const [index, { path, key }] of caches.entries()) {
    const files = await tools.repository.files(commit, key);
    const digest = tools.sha256(
      cacheIdentity({
        path,
        files: files.map((file) => `${file.path} ${file.mode} ${file.blob}`),
        image: `${driver.name} ${named ?? image ?? ''}`,
        owner: `${String(driver.owner.uid)}:${String(driver.owner.gid)}`,
        formula: loaded.digest,
        tier,
      }),
    );
    const name = `cache-${String(index)}`;
    const place = `${mayWrite ? outDir : inDir}/${name}`;
    const isKept = await tools.caches[mayWrite ? 'copy' : 'show'](digest, place, driver.owner);
    if (mayWrite) written.push({ digest, place, path });
    if (mayWrite || isKept) shown.push({ path, root: mayWrite ? 'out' : 'in', name });
    const how = mayWrite
      ? isKept
        ? 'found'
        : 'empty so far'
      : isKept
        ? 'found, read-only'
        : 'not there, and not this step’s to fill';
    notes.push(`cache ${path}: ${how} (${digest.slice(0, 12)})`);
  }
  return {
    links: (paths) => linksTo(shown.map(({ path, root, name }) => ({ path, at: `${paths[root]}/${name}` }))),
    written,
  };
}

/** Keeps what a step that succeeded left in its caches. What cannot be kept is noted, and no failure: a cache spares time and nothing else. */
export async function keepCaches(context: RunContext, node: Node, opened: readonly OpenCaches[]): Promise<void> {
  const most = cacheBytes(context.project);
  for (const { digest, place, path } of opened.flatMap(({ written }) => written)) {
    const why = await context.tools.caches.keep(digest, place, context.driver.owner, most);
    if (why !== null) factsOf(context, node.key).notes.push(`cache ${path}: not kept, because ${why}`);
  }
}

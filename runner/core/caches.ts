import type { Formula, Project, Step } from '../generated/types.js';
import type { Fault } from './fault.js';
import { mayRunForeign } from './foreign.js';
import { sizeBytes } from './ids.js';

/** A folder of a step's home that outlives the run. */
export interface Cache {
  /** As in `~/.npm`. */
  readonly path: string;
  /** Files, or folders of them, that the content depends on. */
  readonly key: readonly string[];
}

const DEFAULT_SIZE = '5GB';

export const cachesOf = ({ cache = [] }: Pick<Step, 'cache'>): readonly Cache[] =>
  (Array.isArray(cache) ? cache : [cache]).map(({ path, key }) => ({
    path,
    key: typeof key === 'string' ? [key] : key,
  }));

/** What all caches of a project may take on one machine, in bytes. */
export const cacheBytes = ({ sandbox }: Pick<Project, 'sandbox'>): number => sizeBytes(sandbox?.caches ?? DEFAULT_SIZE);

/**
 * Whether what a step leaves in its caches may be kept for other runs. Nobody's but the project's own commands could have written it then: no agent came before, no branch
 * that others write to is merged, and this runner saw all of the run; a record that another left can name any snapshot. A step that was handed secrets could have left them there.
 */
export const mayKeep = (formula: Formula, step: Pick<Step, 'id' | 'secrets'>, resumed: boolean): boolean =>
  !resumed && step.secrets === undefined && !mayRunForeign(formula, step.id);

/** What makes one content of a cache differ from another. Orders of another tier or formula never meet: what they ask for can shape what a command leaves. */
export interface CacheParts {
  readonly path: string;
  /** Path and object of each file that the key names, as the step's commit has them. */
  readonly files: readonly string[];
  readonly image: string;
  readonly owner: string;
  readonly formula: string;
  readonly tier: string;
}

/** The same text for the same parts, to be made a digest of. */
export const cacheIdentity = ({ path, files, image, owner, formula, tier }: CacheParts): string =>
  JSON.stringify(['cache', 1, path, [...files].sort(), image, owner, formula, tier]);

/** Shell that shows folders in the step's home; it stands before the step's own script. Paths are of plain characters only, by the schema. */
export const linksTo = (shown: readonly { readonly path: string; readonly at: string }[]): string =>
  shown
    .map(({ path, at }) => {
      const place = `"$HOME/${path.slice(2)}"`;
      return `mkdir -p "$(dirname ${place})" && ln -sfn '${at}' ${place} || exit 125; `;
    })
    .join('');

/** Where the caches of a formula's steps cannot be had, or get into each other's way. */
export function cacheFaults({ steps }: Formula, sandbox: Project['sandbox'] = {}): Fault[] {
  return steps.flatMap((step, index): Fault[] => {
    const path = ['steps', index, 'cache'];
    const caches = cachesOf(step);
    if (caches.length > 0 && sandbox.driver === 'host')
      return [
        {
          path,
          message: 'the driver `host` has no caches: a step there has the home of whoever runs it',
          hint: 'Remove `cache`, or set `sandbox.driver` to docker or bubblewrap.',
        },
      ];
    return caches.flatMap(({ path: own }, at) => {
      const other = caches
        .slice(0, at)
        .find((each) => `${each.path}/`.startsWith(`${own}/`) || `${own}/`.startsWith(`${each.path}/`));
      if (other === undefined) return [];
      return [
        { path, message: `the caches \`${other.path}\` and \`${own}\` lie in each other`, hint: 'Keep one of them.' },
      ];
    });
  });
}

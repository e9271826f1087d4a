import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Checkouts } from '../../app/ports/checkouts.js';
import { hasCode } from '../workspace/files.js';
import type { GitPlaces } from './places.js';
import { readIfThere } from './small-files.js';

/** The work trees of a repository, as git itself keeps account of them. */
export function gitCheckouts({ projectDir, top }: Pick<GitPlaces, 'projectDir' | 'top'>): Checkouts {
  return {
    holding: (ref) => {
      const linked = linkedTrees(join(projectDir, 'worktrees'));
      const held = [{ gitDir: projectDir, dir: top }, ...linked].find(({ gitDir }) => holds(gitDir, ref));
      return Promise.resolve(held?.dir ?? null);
    },
  };
}

function linkedTrees(folder: string): readonly { readonly gitDir: string; readonly dir: string }[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch (error) {
    // A repository that never had another work tree.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  return names.map((name) => {
    const gitDir = join(folder, name);
    const file = readIfThere(join(gitDir, 'gitdir'))?.trim() ?? '';
    return { gitDir, dir: file === '' ? gitDir : dirname(file) };
  });
}

/** Git itself refuses to move a branch in each of these states. */
function holds(gitDir: string, ref: string): boolean {
  const read = (name: string): string => (readIfThere(join(gitDir, name)) ?? '').trim();
  const short = ref.replace(/^refs\/heads\//, '');
  return (
    read('HEAD') === `ref: ${ref}` ||
    ['rebase-merge/head-name', 'rebase-apply/head-name'].some((name) => read(name) === ref) ||
    [ref, short].includes(read('BISECT_START'))
  );
}

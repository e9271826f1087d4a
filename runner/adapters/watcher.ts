import { dirname, join, relative, sep } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { watch } from 'chokidar';
import type { Watcher } from '../app/ports/watcher.js';

/** Of git's directory: branches and what a clone knows of others', in each storage of refs, and the settings. */
const REFS = /^(refs(\/(heads|remotes)(\/.*)?)?|packed-refs|reftable(\/.*)?|config)$/;

/**
 * Has this process stay as small as it started: V8 otherwise lets the room for new objects grow to many times of what they need, and keeps it, in a
 * process that does a little all the time.
 */
export const staySmall = (): void => {
  setFlagsFromString('--semi-space-growth-factor=1');
};

/** Watches the inbox and the refs by the system's own notices. */
export class FolderWatcher implements Watcher {
  constructor(
    /** The top of the people's work tree. */
    private readonly top: string,
    /** Git's common directory: in `top`, or elsewhere where `.git` is a file. */
    private readonly projectDir: string,
    /** The work tree of the ops branch. */
    private readonly worktree: string,
  ) {}

  start(changed: () => void, failed: (why: string) => void): () => Promise<void> {
    const inbox = join(this.worktree, 'inbox');
    // From the folders above, so that one that is taken away and made again is still watched.
    const roots = [this.top, this.projectDir, this.worktree].filter(
      (path) => path === this.top || !isWithin(path, this.top),
    );
    const watcher = watch(roots, {
      ignoreInitial: true,
      followSymlinks: false,
      // What settles is the inbox's own to say.
      atomic: false,
      ignored: (path) => {
        if (roots.includes(path) || isWithin(inbox, path) || isWithin(this.projectDir, path)) return false;
        if (dirname(path) === inbox) return false;
        const below = relative(this.projectDir, path).split(sep).join('/');
        return below.endsWith('.lock') || !REFS.test(below);
      },
    });
    watcher.on('all', changed);
    // What came while the folders were read first was told by nobody.
    watcher.on('ready', changed);
    watcher.on('error', (error) => {
      failed(error instanceof Error ? error.message : String(error));
    });
    return () => watcher.close();
  }
}

/** Whether a path is a folder or lies below it. */
function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below === '' || !(below === '..' || below.startsWith(`..${sep}`));
}

/**
 * The tick that cron starts each minute and that finds nothing to do: answered from one small file and one git process, without the
 * adapters that work needs.
 */
import { join } from 'node:path';
import { git } from './adapters/git/command.js';
import { CONFIG, cleanEnvironment } from './adapters/git/places.js';
import { isInboxEmpty } from './adapters/inbox.js';
import { readIdle } from './adapters/local-state.js';
import { localMachine } from './adapters/machine.js';
import { lstatIfThere } from './adapters/workspace/files.js';
import type { Remembered } from './app/ports/machine.js';
import type { Instant } from './core/ids.js';

/**
 * What the last tick remembered, if nothing has moved since: no ref, no setting, no file in the inbox, its time has not come, and the clock was not put
 * back. Null says nothing: a tick has to look for itself. So it does from anywhere but the top of the main work tree.
 */
export async function stillIdle(
  top: string,
  searchPath: string,
  version: string,
  now: Instant,
): Promise<Remembered | null> {
  const [projectDir, stateDir] = [join(top, '.git'), join(top, '.pushpals')];
  if (![projectDir, stateDir].every((path) => lstatIfThere(path)?.isDirectory() === true)) return null;
  const idle = await readIdle(stateDir, version, projectDir);
  if (idle === null || !isInboxEmpty(idle.worktree, stateDir)) return null;
  if (now < idle.at || [idle.wakeAt, idle.againAt].some((at) => at !== null && at <= now)) return null;
  const names = Object.keys(idle.refs);
  const listed = await git(
    { git: 'git', config: [...CONFIG, '-c', 'safe.directory=*'] },
    ['for-each-ref', '--format=%(refname) %(objectname)', '--', ...names],
    { env: { ...cleanEnvironment(searchPath), GIT_DIR: projectDir }, cwd: top },
  );
  if (!listed.ok) return null;
  const lines = new Set(listed.value.stdout.toString('utf8').split('\n'));
  const there = new Set([...lines].map((line) => line.split(' ')[0]));
  const stands = (name: string): boolean =>
    idle.refs[name] === '' ? !there.has(name) : lines.has(`${name} ${idle.refs[name] ?? ''}`);
  if (!names.every(stands)) return null;
  await localMachine(stateDir).ticked();
  return idle;
}

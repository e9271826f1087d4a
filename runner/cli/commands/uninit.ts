import { lookAround, uninitialize, type Departure } from '../../app/uninitialize.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';

export async function run({ repo, connect, out, flag, confirm }: Invocation): Promise<Exit> {
  const force = flag('force');
  const opened = await repo();
  if (!opened.ok) return opened.failure;
  // A set-up that is broken can be taken away as well.
  const connection = await connect();
  const found = await lookAround(opened.value, connection.ok ? connection.value : null, force);
  if (!found.ok) return found.failure;
  const parts = partsOf(found.value);
  const isDry = flag('dry-run');
  const isAsked = parts.length > 0 && !isDry && !flag('yes');
  if (isAsked && !out.traits.json) for (const part of parts) out.line(`would remove  ${printable(part)}`);
  if (isAsked && !(await confirm('Remove this?'))) {
    out.note('nothing was removed; `pushpals uninit --yes` removes it');
    return 2;
  }
  if (parts.length > 0 && !isDry) {
    const done = await uninitialize(opened.value, found.value, force);
    if (!done.ok) return done.failure;
  }
  if (out.traits.json) {
    out.json({ removed: isDry ? [] : parts, wouldRemove: isDry ? parts : [], shipped: found.value.shipped });
    return 0;
  }
  for (const part of parts) out.line(`${isDry ? 'would remove' : 'removed'}  ${printable(part)}`);
  if (parts.length === 0) out.line('There is nothing of PushPals here but what you may have committed.');
  showRest(found.value, out);
  return 0;
}

function partsOf({ worktree, stateDir, snapshots, settings, ops }: Departure): readonly string[] {
  return [
    ...(worktree ? [`work tree ${ops.worktree}/`] : []),
    ...(snapshots.length > 0 ? [`${String(snapshots.length)} snapshot refs under refs/pushpals/`] : []),
    ...(settings ? ['the setting pushpals.branch and its lines in .git/info/exclude'] : []),
    // It is there whenever a command has run; on its own it is nothing to ask about.
    ...(stateDir ? ['.pushpals/ and what sandboxes were left over'] : []),
  ];
}

function showRest({ ops, shipped }: Departure, out: Output): void {
  out.line();
  out.line('This stays; remove it yourself if you want to:');
  out.line(`  git branch -D ${ops.branch}                     the orders, and the evidence of what was done`);
  out.line('  git rm -r pushpals.yml policy         and formulas/ and agents/, if you wrote any');
  out.line('  pushpals install cron --remove        and systemd, if you installed them');
  if (shipped.length > 0) out.line(`  git branch -D ${shipped.map(printable).join(' ')}`);
}

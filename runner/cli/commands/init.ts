import { POLICY_FILE, PROJECT_FILE } from '../../app/desired.js';
import { initialize } from '../../app/initialize.js';
import type { Exit, Invocation } from '../command.js';

const DRIVERS = ['docker', 'bubblewrap', 'host'] as const;

export async function run(invocation: Invocation): Promise<Exit> {
  const { out } = invocation;
  const driver = DRIVERS.find((known) => known === (invocation.option('driver') ?? 'docker'));
  if (driver === undefined) {
    out.note(`no driver \`${invocation.option('driver') ?? ''}\`; there are ${DRIVERS.join(', ')}`);
    return 2;
  }
  const repo = await invocation.repo();
  if (!repo.ok) return repo.failure;
  const done = await initialize(repo.value, driver, invocation.flag('dry-run'));
  if (!done.ok) return done.failure;
  if (out.traits.json) {
    out.json(done.value);
    return 0;
  }
  for (const { what, state } of done.value.parts)
    out.line(`${out.paint(state === 'there' ? 'dim' : 'good', state.padEnd(10))} ${what}`);
  if (invocation.flag('dry-run')) return 0;
  out.line();
  if (done.value.parts.some(({ what, state }) => state === 'made' && (what === PROJECT_FILE || what === POLICY_FILE))) {
    out.line('Read the two files, then commit them; only what is committed counts:');
    out.line(`  git add ${PROJECT_FILE} ${POLICY_FILE} && git commit -m "Add PushPals"`);
  }
  out.line('Then drop an order and run a tick:');
  out.line('  echo "Mend what the linter finds" > ops/inbox/fix.md && pushpals tick');
  return 0;
}

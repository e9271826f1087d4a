import { installCron, installUnit, startUnit, stopUnit, type Installation } from '../../app/install.js';
import type { Result } from '../../core/failure.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';

const EVERY = 5;

export async function run(invocation: Invocation): Promise<Exit> {
  const { args, flag, option, out, confirm } = invocation;
  const [service = ''] = args;
  if (service !== 'cron' && service !== 'systemd') {
    out.note(`no service \`${printable(service)}\`; there are cron, systemd`);
    return 2;
  }
  const every = Number(option('every') ?? EVERY);
  if (!Number.isInteger(every) || every < 1 || every > 59) {
    out.note(`\`--every ${printable(option('every') ?? '')}\` is not a number of minutes from 1 to 59`);
    return 2;
  }
  const [remove, isDry, isStarted] = [flag('remove'), flag('dry-run'), flag('systemctl') && service === 'systemd'];
  const connection = await invocation.connect();
  if (!connection.ok) return connection.failure;
  const { services, project } = connection.value;
  const planned: Result<Installation> =
    service === 'cron'
      ? installCron(services, project.project, every, remove)
      : installUnit(services, project.project, remove);
  if (!planned.ok) return planned.failure;
  const { place, text, isDone, apply, unit } = planned.value;
  if (!out.traits.json && !isDone) show(planned.value, out);
  if (!isDone && !isDry && !flag('yes') && !(await confirm(remove ? 'Take it out?' : 'Write this?'))) {
    out.note(`nothing was changed; \`pushpals install ${service}${remove ? ' --remove' : ''} --yes\` does it`);
    return 2;
  }
  if (!isDry) {
    const stopped = isStarted && remove && !isDone && unit !== null ? stopUnit(services, unit) : null;
    if (stopped?.ok === false) return stopped.failure;
    const applied = isDone ? null : apply();
    if (applied?.ok === false) return applied.failure;
    const started = isStarted && unit !== null ? startUnit(services, unit, remove) : null;
    if (started?.ok === false) return started.failure;
  }
  if (out.traits.json) {
    out.json({ service, place, text, changed: !isDone && !isDry, ...(unit === null ? {} : { unit }) });
    return 0;
  }
  if (isDone) out.line(remove ? `There is nothing of it in ${place}.` : `It is in ${place} already.`);
  else if (!isDry) out.line(`${remove ? 'Taken out of' : 'Written to'} ${place}.`);
  if (unit !== null && !isStarted) next(unit, remove, out);
  return 0;
}

function show({ place, text, unit }: Installation, out: Output): void {
  if (text === null) {
    out.line(unit === null ? `Out of ${place}: the lines of this repository` : `Away: ${place}`);
    if (unit !== null) out.line(`Before that, or with --systemctl at once: systemctl --user disable --now ${unit}`);
    return;
  }
  out.line(`${unit === null ? 'Into' : 'As'} ${place}:`);
  out.line();
  for (const line of text.trimEnd().split('\n')) out.line(`  ${printable(line)}`);
  out.line();
}

/** What only the user's own systemd can do. */
function next(unit: string, remove: boolean, out: Output): void {
  if (remove) {
    out.line('Then: systemctl --user daemon-reload');
    return;
  }
  out.line();
  out.line('Then, or with --systemctl at once:');
  out.line('  systemctl --user daemon-reload');
  out.line(`  systemctl --user enable --now ${unit}`);
  out.line('  loginctl enable-linger               # it stays when you log out');
  out.line(`  journalctl --user -u ${unit} -f`);
}

import { fail, ok, type Result } from '../core/failure.js';
import { cronBlock, withBlock } from '../core/services/crontab.js';
import { isUnitOf, unitName, unitText } from '../core/services/systemd.js';
import type { Services } from './ports/services.js';

/** What would be written where. */
export interface Installation {
  /** The user's crontab, or the path of the unit. */
  readonly place: string;
  /** The lines or the file that would be there; null where they would be taken out. */
  readonly text: string | null;
  /** It is so already. */
  readonly isDone: boolean;
  readonly apply: () => Result<null>;
  /** The unit's name, for who starts it; null for cron. */
  readonly unit: string | null;
}

/** A crontab line that ticks; what else is in the crontab stays. */
export function installCron(
  services: Services,
  project: string,
  everyMinutes: number,
  remove: boolean,
): Result<Installation> {
  const block = remove ? ok(null) : cronBlock({ ...services.program, project }, everyMinutes);
  if (!block.ok) return block;
  const before = services.crontab();
  if (!before.ok) return before;
  const { top } = services.program;
  const after = withBlock(before.value, top, block.value);
  if (!after.ok) return after;
  const apply = (): Result<null> => {
    // It may have been edited since it was shown.
    const now = services.crontab();
    const next = now.ok ? withBlock(now.value, top, block.value) : now;
    if (!next.ok) return next;
    const written = services.writeCrontab(next.value);
    if (!written.ok) return written;
    const found = services.crontab();
    if (!found.ok || withoutHeader(found.value) === withoutHeader(next.value)) return found.ok ? ok(null) : found;
    return fail({
      class: 'state-conflict',
      what: 'the crontab is not what was written to it',
      hint: 'Look at it with `crontab -l`: did somebody else edit it just now?',
    });
  };
  return ok({ place: 'your crontab', text: block.value, isDone: after.value === before.value, apply, unit: null });
}

/** A few old programs put lines of their own above what they print. */
const withoutHeader = (crontab: string): string =>
  crontab.replace(/^(# (DO NOT EDIT|\(.* installed on|\(Cron version).*\n)+/, '').trimEnd();

/** A unit of the user's that keeps a watch running. One of another repository of the same project name is not replaced. */
export function installUnit(services: Services, project: string, remove: boolean): Result<Installation> {
  const name = unitName(project);
  const place = services.unitPath(name);
  const before = services.unit(name);
  if (before !== null && !isUnitOf(before, services.program.top))
    return fail({
      class: 'state-conflict',
      what: `${place} is there, and is not of this repository`,
      hint: 'Give this project another name in pushpals.yml, or take that file away yourself.',
    });
  const text = remove ? ok(null) : unitText({ ...services.program, project }, services.setuidSandbox());
  if (!text.ok) return text;
  const apply = (): Result<null> => {
    services.writeUnit(name, text.value);
    return ok(null);
  };
  return ok({ place, text: text.value, isDone: before === text.value, apply, unit: name });
}

/** Has systemd take up the unit, or let go of it. */
export function startUnit(services: Services, unit: string, remove: boolean): Result<null> {
  const reloaded = services.systemctl(['daemon-reload']);
  return !reloaded.ok || remove ? reloaded : services.systemctl(['enable', '--now', unit]);
}

/** Ends a unit while its file is still there to say how. */
export const stopUnit = (services: Services, unit: string): Result<null> =>
  services.systemctl(['disable', '--now', unit]);

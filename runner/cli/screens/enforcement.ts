import { ASPECTS } from '../../core/enforcement.js';
import type { DriverReport } from '../../app/doctor.js';
import { describeFailure } from '../../core/describe-failure.js';
import { table } from '../table.js';

/** A table of what each driver enforces on this machine, and under it why something is not. */
export function enforcementTable(drivers: readonly DriverReport[]): readonly string[] {
  const rows = [
    ['what is enforced here', ...drivers.map(({ driver }) => driver)],
    ['isolation', ...drivers.map(({ isolation }) => isolation)],
    ...ASPECTS.map((aspect) => [aspect, ...drivers.map(({ enforces }) => enforces?.[aspect].state ?? '-')]),
  ];
  return [...table(rows, Infinity), ...drivers.flatMap(notes)];
}

function notes({ driver, isolation, enforces, failure }: DriverReport): readonly string[] {
  if (failure !== null) return [`${driver}: ${describeFailure(failure).what}`];
  if (isolation === 'none') return [`${driver}: steps run with your rights, your files and your network`];
  const lacks = ASPECTS.filter((aspect) => enforces?.[aspect].state !== 'yes');
  return lacks.map(
    (aspect) => `${driver}: ${aspect} ${enforces?.[aspect].state ?? ''}: ${enforces?.[aspect].how ?? ''}`,
  );
}

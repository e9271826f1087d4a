import type { Failure, Result } from '../core/failure.js';
import type { LoadedFormula } from '../core/observed.js';
import { secretNames } from '../core/secrets/grants.js';
import type { Desired } from './desired.js';
import type { Tools } from './tools.js';

/** Secrets that this machine cannot hand over, as far as that can be told without running a command. */
export function missingSecrets(
  tools: Pick<Tools, 'secrets'>,
  { project: { secrets = {} } }: Pick<Desired, 'project'>,
  formulas: ReadonlyMap<string, Result<LoadedFormula>>,
): Map<string, Failure> {
  const names = [...formulas.values()].flatMap((loaded) => (loaded.ok ? secretNames(loaded.value.formula) : []));
  return new Map(
    [...new Set(names)].flatMap((name): [string, Failure][] => {
      const failure = tools.secrets.missing(name, Object.hasOwn(secrets, name) ? secrets[name] : undefined);
      return failure === null ? [] : [[name, failure]];
    }),
  );
}

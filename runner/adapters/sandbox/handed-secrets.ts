import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandedSecret } from '../../app/ports/sandbox.js';
import { shellWord } from '../../core/shell-word.js';

/** The variables by which a command finds its secrets; `placeOf` says where the file of one is. */
export const secretVariables = (
  secrets: readonly HandedSecret[],
  placeOf: (name: string) => string,
): Record<string, string> =>
  Object.fromEntries(
    secrets.map(({ name, value, as }) => (as === 'file' ? [`${name}_FILE`, placeOf(name)] : [name, value])),
  );

/** Shell text that hands secrets over to whatever that shell starts; files are for its user alone. */
export function handingOver(secrets: readonly HandedSecret[], folder: string): string {
  const placeOf = (name: string): string => `${folder}/.pushpals-secret-${name}`;
  const files = secrets.filter(({ as }) => as === 'file');
  const written = files.map(
    ({ name, value }) => `printf %s ${shellWord(value)} > ${shellWord(placeOf(name))} || exit 125`,
  );
  const variables = Object.entries(secretVariables(secrets, placeOf));
  return [
    ...(files.length === 0 ? [] : ['mask=$(umask); umask 077', ...written, 'umask "$mask"; unset mask']),
    ...variables.map(([name, value]) => `export ${name}=${shellWord(value)}`),
    '',
  ].join('\n');
}

/** Secrets that are handed over as files, in a new folder for this user alone; `remove` takes it away. */
export function secretFolder(
  secrets: readonly HandedSecret[],
  above: string,
): { readonly variables: Record<string, string>; readonly remove: () => void } {
  const files = secrets.filter(({ as }) => as === 'file');
  if (files.length === 0) return { variables: secretVariables(secrets, () => ''), remove: () => undefined };
  const folder = mkdtempSync(join(above, 'secrets-'));
  for (const { name, value } of files) writeFileSync(join(folder, name), value, { mode: 0o600, flag: 'wx' });
  return {
    variables: secretVariables(secrets, (name) => join(folder, name)),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

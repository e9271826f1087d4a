import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltIns } from '../app/ports/formats.js';

/** Formulas and agents that lie beside the program. */
export function builtInsIn(programDir: string): BuiltIns {
  return {
    files: async (folder) => {
      const names = (await readdir(join(programDir, folder))).filter((name) => name.endsWith('.yml')).sort();
      return Promise.all(
        names.map(async (name) => ({
          name: name.slice(0, -'.yml'.length),
          file: `built-in ${folder}/${name}`,
          bytes: await readFile(join(programDir, folder, name)),
        })),
      );
    },
  };
}

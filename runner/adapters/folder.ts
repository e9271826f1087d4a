import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isYaml } from '../core/yaml-files.js';
import type { Source } from '../app/ports/formats.js';
import { hasCode } from './workspace/files.js';

/** The desired state as a person is editing it, for `validate`. */
export function folderSource(top: string): Source {
  const source = (path: string): { path: string; read: () => Promise<Uint8Array> } => ({
    path,
    read: () => readFile(join(top, path)),
  });
  return {
    file: async (path) => ((await isFile(join(top, path))) ? source(path) : null),
    folder: async (folder) =>
      (await namesIn(join(top, folder)))
        .map((name) => `${folder}/${name}`)
        .filter((path) => isYaml(path, folder))
        .map(source),
  };
}

/** Every file in the inbox of the people's work tree, with its path as the ops branch has it. */
export async function inboxFolder(top: string): Promise<readonly { path: string; bytes: Uint8Array }[]> {
  const folder = join(top, 'ops', 'inbox');
  const names = (await namesIn(folder)).filter((name) => !name.startsWith('.') && name !== 'README.md');
  const files = await Promise.all(names.map(async (name) => ({ name, plain: await isFile(join(folder, name)) })));
  return Promise.all(
    files
      .filter(({ plain }) => plain)
      .map(async ({ name }) => ({ path: `inbox/${name}`, bytes: await readFile(join(folder, name)) })),
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

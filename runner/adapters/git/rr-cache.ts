import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { InputFile } from '../../app/ports/run-files.js';
import { lstatIfThere, namesIn, readRegular } from '../workspace/files.js';

const MOST_RESOLUTIONS = 1000;
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_FILE_BYTES = 1024 * 1024;
const ID = /^[0-9a-f]{40,64}$/;
const IMAGE = /^(?:pre|post)image(?:\.\d{1,4})?$/;

/**
 * The conflicts that the project's people resolved before, as `git rerere` keeps them in `rr-cache/`: the newest first, until a bound is met.
 * Anything else that lies there is left. The folder itself may be a link, since people share it between clones; nothing below it may.
 */
export function recordedResolutions(projectDir: string): readonly InputFile[] {
  const top = join(projectDir, 'rr-cache');
  if (statSync(top, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const folders = namesIn(top)
    .flatMap((id) => {
      const stat = lstatIfThere(join(top, id));
      return ID.test(id) && stat?.isDirectory() === true ? [{ id, mtimeMs: stat.mtimeMs }] : [];
    })
    .sort((a, b) => b.mtimeMs - a.mtimeMs || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_RESOLUTIONS);
  const files: InputFile[] = [];
  let room = MOST_BYTES;
  for (const { id } of folders) {
    const names = namesIn(join(top, id)).filter((name) => IMAGE.test(name));
    // One that is begun and not resolved yet is of no use.
    if (!names.some((name) => name.startsWith('postimage'))) continue;
    const read = names.map((name) => ({
      path: `rr-cache/${id}/${name}`,
      bytes: readRegular(join(top, id, name), MOST_FILE_BYTES),
    }));
    const whole = read.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]));
    if (whole.length < read.length) continue;
    room -= whole.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (room < 0) break;
    files.push(...whole);
  }
  return files;
}

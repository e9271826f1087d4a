import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../app/ports/machine.js';
import { instant } from '../core/ids.js';
import { lstatIfThere } from './workspace/files.js';

/** The file that a tick touches. It holds nothing: its time is the news. */
const TICKED = 'last-tick';

export function localMachine(stateDir: string): Machine {
  return {
    freeBytes: () => {
      const { bavail, bsize } = statfsSync(stateDir);
      return Promise.resolve(bavail * bsize);
    },
    ticked: () => {
      writeFileSync(join(stateDir, TICKED), '');
      return Promise.resolve();
    },
    lastTick: () => {
      const stat = lstatIfThere(join(stateDir, TICKED));
      return Promise.resolve(stat === null ? null : instant(stat.mtimeMs));
    },
  };
}

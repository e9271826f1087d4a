import { renameSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../app/ports/machine.js';
import type { RemoteHealth } from '../app/ports/remote.js';
import { instant } from '../core/ids.js';
import { parseJson } from '../core/parse-json.js';
import { readIfThere } from './git/small-files.js';
import { lstatIfThere } from './workspace/files.js';

/** The file that a tick touches. It holds nothing: its time is the news. */
const TICKED = 'last-tick';
const REMOTE = 'remote.json';

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
    remoteHealth: () => {
      const value = parseJson(readIfThere(join(stateDir, REMOTE)) ?? '') as RemoteHealth | null;
      const isHealth = value !== null && typeof value === 'object' && 'inStep' in value && 'failing' in value;
      return Promise.resolve(isHealth ? value : null);
    },
    noteRemote: (health) => {
      const place = join(stateDir, REMOTE);
      const aside = `${place}.${String(process.pid)}`;
      writeFileSync(aside, JSON.stringify(health));
      renameSync(aside, place);
      return Promise.resolve();
    },
  };
}

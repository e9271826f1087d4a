import { renameSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssueNote, Machine } from '../app/ports/machine.js';
import type { RemoteHealth } from '../app/ports/remote.js';
import type { ForgeNote } from '../core/forge/when.js';
import { instant } from '../core/ids.js';
import type { PullNote } from '../core/images.js';
import type { MirrorNote } from '../core/mirrors.js';
import { parseJson } from '../core/parse-json.js';
import { readIfThere } from './git/small-files.js';
import { lstatIfThere } from './workspace/files.js';

/** The file that a tick touches. It holds nothing: its time is the news. */
const TICKED = 'last-tick';
const REMOTE = 'remote.json';
const FORGE = 'forge.json';
const ISSUES = 'issues.json';
const PULLS = 'pulls.json';
const MIRRORS = 'mirrors.json';

interface IssueFile {
  readonly where: string;
  readonly notes: readonly (readonly [number, IssueNote])[];
}
const isIssueNote = (entry: unknown): entry is [number, IssueNote] =>
  Array.isArray(entry) && typeof entry[0] === 'number' && typeof entry[1] === 'object' && entry[1] !== null;

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
      replace(join(stateDir, REMOTE), health);
      return Promise.resolve();
    },
    forgeNote: () => {
      const value = parseJson(readIfThere(join(stateDir, FORGE)) ?? '') as ForgeNote | null;
      const isNote =
        value !== null && typeof value === 'object' && 'at' in value && 'failing' in value && 'waited' in value;
      return Promise.resolve(isNote ? value : null);
    },
    noteForge: (note) => {
      replace(join(stateDir, FORGE), note);
      return Promise.resolve();
    },
    issueNotes: (where) => {
      const value = parseJson(readIfThere(join(stateDir, ISSUES)) ?? '') as IssueFile | null;
      const isOfIt = value !== null && typeof value === 'object' && value.where === where && Array.isArray(value.notes);
      return Promise.resolve(new Map(isOfIt ? value.notes.filter(isIssueNote) : []));
    },
    noteIssues: (where, notes) => {
      const file: IssueFile = { where, notes: [...notes] };
      replace(join(stateDir, ISSUES), file);
      return Promise.resolve();
    },
    mirrorNotes: () => Promise.resolve(readNotes(stateDir, MIRRORS, isMirrorNote)),
    noteMirror: (remote, note) => {
      keepNote(stateDir, MIRRORS, readNotes(stateDir, MIRRORS, isMirrorNote), remote, note);
      return Promise.resolve();
    },
    pulls: () => Promise.resolve(readNotes(stateDir, PULLS, isPullNote)),
    notePull: (image, note) => {
      keepNote(stateDir, PULLS, readNotes(stateDir, PULLS, isPullNote), image, note);
      return Promise.resolve();
    },
  };
}

function keepNote<T>(
  stateDir: string,
  file: string,
  known: ReadonlyMap<string, T>,
  name: string,
  note: T | null,
): void {
  const others = [...known].filter(([other]) => other !== name);
  replace(join(stateDir, file), Object.fromEntries(note === null ? others : [...others, [name, note]]));
}

function replace(place: string, value: unknown): void {
  const aside = `${place}.${String(process.pid)}`;
  writeFileSync(aside, JSON.stringify(value));
  renameSync(aside, place);
}

/** A cache of this machine: one that is damaged is none. */
function readNotes<T>(
  stateDir: string,
  file: string,
  isNote: (value: object) => value is T & object,
): ReadonlyMap<string, T> {
  const value = parseJson(readIfThere(join(stateDir, file)) ?? '');
  if (value === null || typeof value !== 'object') return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, note]: [string, unknown]): (readonly [string, T])[] =>
      typeof note === 'object' && note !== null && isNote(note) ? [[name, note]] : [],
    ),
  );
}

const isPullNote = (note: object): note is PullNote => 'at' in note && 'failures' in note;

const isMirrorNote = (note: object): note is MirrorNote =>
  'tips' in note && typeof note.tips === 'object' && note.tips !== null && 'at' in note && 'failing' in note;

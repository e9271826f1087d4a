import type { Agent, Usage } from '../../../generated/types.js';
import { NO_USAGE } from '../usage.js';
import { AiderEvents } from './aider.js';
import { ClaudeEvents } from './claude.js';
import { CodexEvents } from './codex.js';
import type { EventReader } from './event.js';
import { GooseEvents } from './goose.js';
import { OpenHandsEvents } from './openhands.js';

type Kind = NonNullable<NonNullable<Agent['command']>['events']>;

const READERS: Readonly<Record<Exclude<Kind, 'none'>, new () => EventReader>> = {
  claude: ClaudeEvents,
  codex: CodexEvents,
  aider: AiderEvents,
  goose: GooseEvents,
  openhands: OpenHandsEvents,
};

/** One run of a command that tells nothing counts as one answer, of nobody knows how many tokens. */
const SILENT: Usage = { ...NO_USAGE, turns: 1 };

/** What reads the output of one run of a command. */
export const readerOf = (kind: Kind): EventReader =>
  kind === 'none' ? { read: () => [], end: () => [], used: SILENT } : new READERS[kind]();

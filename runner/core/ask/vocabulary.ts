/** What a question can be about. Each is answered by what one command shows. */
export type Topic =
  | 'overview'
  | 'running'
  | 'queue'
  | 'waiting'
  | 'needs-people'
  | 'health'
  | 'paused'
  | 'runner'
  | 'failed'
  | 'shipped'
  | 'finished'
  | 'happened'
  | 'usage'
  | 'triggers'
  | 'trigger'
  | 'order'
  | 'order-why'
  | 'order-changes'
  | 'order-log'
  | 'order-report'
  | 'order-approvals'
  | 'order-tier'
  | 'order-times'
  | 'order-source'
  | 'order-cost';

/** What is asked, and the ways to ask it. */
export interface Rule {
  readonly topic: Topic;
  readonly says: readonly string[];
}

/** Words that stand for each other, by a name that patterns use after `@`. */
export const CLASSES: Readonly<Record<string, string>> = {
  be: 'is|are|was|were|am',
  have: 'has|have|had',
  do: 'do|does|did|will|would',
  show: 'show|list|give|see|print|display|view|get|open',
  which: 'what|which',
  orders: 'orders|order|runs|run|jobs|job|tasks|work|things|one|ones',
  any: 'anything|something|orders|runs|everything',
  us: 'it|we|you|they|pushpals|things|everything|agents|runner',
  on: 'running|active|underway|executing|busy',
  fail: 'fail|failed|break|broke|broken|crash|crashed|die|died|failing',
  of: 'of|for|from|in|by|on|with|about|to',
  people: 'me|us|person|people|human|somebody|someone|anyone|anybody|approval|approvals|approver|decision',
  ship: 'ship|shipped|land|landed|merge|merged|deliver|delivered|release|released',
  finish: 'finish|finished|complete|completed|end|ended|succeed|succeeded|done|close|closed',
  change: 'change|changed|touch|touched|modify|modified|edit|edited|write|written|wrote|do|done|ship|shipped|fix|fixed',
  diff: 'diff|diffs|patch|change|changes',
  log: 'log|logs|output|outputs',
  report: 'report|evidence|proof|completion_report',
  fire: 'fire|fires|fired|run|runs|ran|trigger|start|starts|started',
  use: 'use|used|spend|spent|cost|burn|burned|burnt|consume|consumed|take|taken|took|need|needed',
};

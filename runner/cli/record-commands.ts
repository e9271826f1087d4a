import type { CommandSpec } from './command.js';

/** What looks at what was done. */
export const RECORD_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'audit',
    summary: 'Check the whole history of the ops branch.',
    about:
      'Every move of an order by the table of legal transitions, every fired request by its approvals and the policy of its time, every log by its digest, and whether the history was rewritten since the last tick. Exit code 1 if something is found.',
    examples: ['pushpals audit', 'pushpals audit --json'],
    load: () => import('./commands/audit.js'),
  },
  {
    name: 'log',
    summary: "Show the output of an order's steps.",
    args: [{ name: 'order', about: "the order's name; with --transcript a run's as well" }],
    options: [
      {
        name: 'follow',
        short: 'f',
        about: 'wait for the order to run, show its output as it comes, and say how it ended',
      },
      { name: 'step', value: 'STEP', about: 'of this step alone' },
      { name: 'transcript', about: 'what agents were told, answered and did instead; with --json as NDJSON' },
      { name: 'no-pager', about: 'print, and open no pager' },
    ],
    examples: [
      'pushpals log fix',
      'pushpals log fix -f',
      'pushpals log fix --transcript',
      'pushpals log fix --step verify',
    ],
    load: () => import('./commands/log.js'),
  },
  {
    name: 'evidence show',
    summary: 'Show the completion report of an order.',
    args: [{ name: 'order', about: "the order's or run's name" }],
    options: [
      { name: 'diff', about: 'show the diff as well, at a terminal in your pager' },
      { name: 'no-pager', about: 'print, and open no pager' },
    ],
    examples: ['pushpals evidence show fix', 'pushpals evidence show fix --diff'],
    load: () => import('./commands/evidence-show.js'),
  },
  {
    name: 'replay',
    summary: 'Do the steps of a run again from what is recorded, and show the first difference.',
    about:
      'From the commit that the run began on, with the formula and the order of then, in sandboxes of its own: nothing is written to the ops branch, to a branch or to a remote, and nothing is left. Agents say again what the transcript has them say, without a model, and their tools are executed anew. Reviews are had again with their rounds. Steps that ship, file orders, wait for people, get secrets or reach a network are taken from the record. Compared are conversation, state, exit code, outputs and the tree that a step left. Exit code 1 if something came out otherwise.',
    args: [{ name: 'run', about: "the run's name, or its order's for the last one" }],
    options: [
      { name: 'step', value: 'STEP', about: 'this step alone, from the snapshot that it began on' },
      { name: 'network', about: 'do steps that reach a network as well, by the policy of today' },
      { name: 'live', about: 'have agents work anew, by the models and programs of today' },
    ],
    examples: ['pushpals replay fix-1', 'pushpals replay fix --step verify'],
    load: () => import('./commands/replay.js'),
  },
];

import type { CommandSpec } from './command.js';

/** What people do with triggers; a part of the command table. */
export const TRIGGER_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'trigger list',
    summary: 'List the triggers: what each waits for, what it did last, and when it is due.',
    about: 'By the committed `pushpals.yml`. Those that are suspended come first.',
    options: [{ name: 'exact', about: 'show instants instead of how long from now' }],
    examples: ['pushpals trigger list', 'pushpals trigger list --json'],
    load: () => import('./commands/trigger-list.js'),
  },
  {
    name: 'trigger fire',
    summary: 'Make the order of a trigger now.',
    about:
      'In your name, as an order like any other; what the trigger waits for stays as it is. Of a suspended trigger too, and while `PAUSE` is there: the order then waits in the queue.',
    args: [{ name: 'trigger', about: "the trigger's name" }],
    examples: ['pushpals trigger fire nightly-deps'],
    load: () => import('./commands/trigger-fire.js'),
  },
  {
    name: 'trigger resume',
    summary: 'Let a suspended trigger fire again, for what comes from now on.',
    args: [{ name: 'trigger', about: "the trigger's name" }],
    examples: ['pushpals trigger resume nightly-deps'],
    load: () => import('./commands/trigger-resume.js'),
  },
  {
    name: 'simulate',
    summary: 'Show what the triggers would fire when in the next days, and what that comes to.',
    about:
      'By the committed `pushpals.yml`, in the local time zone, jitter included. Time, tokens and cost of runs are what the last ones took. Changes nothing.',
    options: [{ name: 'days', value: 'N', about: 'how many days, 1 to 366 (default: 30)' }],
    examples: ['pushpals simulate', 'pushpals simulate --days 7 --json'],
    load: () => import('./commands/simulate.js'),
  },
];

import type { CommandSpec } from './command.js';

/** What is asked of PushPals, and what orders are given it. */
export const ORDER_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'ask',
    summary: 'Answer a question about the work in words, or make an order of it.',
    about:
      'Answers by fixed rules and no model, from what the commands show: what runs, waits, failed or shipped, why an order waits, what it changed, who approved it, when a trigger fires, what was used. What no rule understands is shown as the order that it would be, and filed if you say so.',
    args: [{ name: 'question', about: 'the question, or what is wanted', rest: true }],
    options: [
      { name: 'formula', value: 'NAME', about: 'the formula of the order that it turns into' },
      { name: 'yes', about: 'file that order without asking' },
    ],
    examples: ['pushpals ask "what failed last night?"', 'pushpals ask "why is fix waiting?"'],
    load: () => import('./commands/ask.js'),
  },
  {
    name: 'order new',
    summary: 'Put an order into the queue.',
    about:
      'The words are the goal. With --file, the order is read from a YAML or Markdown file, or from standard input with `-`.',
    args: [{ name: 'goal', about: 'what is wanted, in a sentence', optional: true, rest: true }],
    options: [
      { name: 'file', value: 'PATH', about: 'read the order from a file, or from standard input with -' },
      { name: 'name', value: 'NAME', about: "the order's name (default: from the goal or the file)" },
      { name: 'formula', value: 'NAME', about: 'the formula to run' },
      {
        name: 'input',
        value: 'KEY=VALUE',
        multiple: true,
        about: 'an input of the formula; a value that is JSON is taken as such',
      },
      { name: 'priority', value: 'LEVEL', about: 'interactive, normal or background' },
      { name: 'risk', value: 'TIER', about: 'the least tier: low, medium or high' },
      { name: 'after', value: 'ORDER', multiple: true, about: 'start after that order is done' },
    ],
    examples: ['pushpals order new "Mend the lint errors" --formula lint-fixer', 'pushpals order new --file fix.md'],
    load: () => import('./commands/order-new.js'),
  },
  {
    name: 'order list',
    summary: 'List orders that are queued, active or waiting.',
    options: [{ name: 'all', about: 'list ended orders too' }],
    examples: ['pushpals order list', 'pushpals order list --all'],
    load: () => import('./commands/order-list.js'),
  },
  {
    name: 'order show',
    summary: 'Show one order: what was asked, where it stands, its history.',
    args: [{ name: 'order', about: "the order's name" }],
    examples: ['pushpals order show fix'],
    load: () => import('./commands/order-show.js'),
  },
  {
    name: 'order cancel',
    summary: 'Cancel an order; a running one is ended.',
    args: [{ name: 'order', about: "the order's name" }],
    options: [{ name: 'reason', value: 'TEXT', about: 'why, for the record' }],
    examples: ['pushpals order cancel fix --reason "no longer needed"'],
    load: () => import('./commands/order-cancel.js'),
  },
  {
    name: 'order retry',
    summary: 'Put a failed or cancelled order back into the queue.',
    args: [{ name: 'order', about: "the order's name" }],
    options: [
      {
        name: 'grant',
        value: 'AMOUNTS',
        about: 'what its agents may use beyond its budget, such as `tokens=200000`; where nobody could be asked for it',
      },
    ],
    examples: ['pushpals order retry fix', 'pushpals order retry fix --grant tokens=200000,cost=2.50'],
    load: () => import('./commands/order-retry.js'),
  },
  {
    name: 'revert',
    summary: 'Take back what an order shipped, by an order of its own.',
    about:
      'Files an order that makes the opposite of what the order changed, on the project as it is now, and goes through the same checks, policy and approvals as any other. Where later work changed the same lines it says so, and files nothing. What takes something back can itself be taken back.',
    args: [{ name: 'order', about: 'the order whose result is taken back' }],
    options: [
      { name: 'reason', value: 'TEXT', about: 'why, for whoever approves it' },
      { name: 'priority', value: 'LEVEL', about: 'interactive (default), normal or background' },
      { name: 'risk', value: 'TIER', about: 'the least tier: low, medium or high' },
    ],
    examples: ['pushpals revert fix', 'pushpals revert fix --reason "the checkout is slower since"'],
    load: () => import('./commands/revert.js'),
  },
  {
    name: 'order assign',
    summary: 'Name the formula of an order that waits for one.',
    args: [
      { name: 'order', about: "the order's name" },
      { name: 'formula', about: 'the formula to run' },
    ],
    examples: ['pushpals order assign fix lint-fixer'],
    load: () => import('./commands/order-assign.js'),
  },
];

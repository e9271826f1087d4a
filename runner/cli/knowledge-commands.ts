import type { CommandSpec } from './command.js';

/** What people do with lessons; a part of the command table. */
export const KNOWLEDGE_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'knowledge list',
    summary: 'List what agents have learned, what waits for your yes first.',
    about:
      'Of the files in `ops/knowledge/`. Only accepted lessons are read into prompts, as data: those about the files of a step before those about everything.',
    examples: ['pushpals knowledge list', 'pushpals knowledge list --json'],
    load: () => import('./commands/knowledge-list.js'),
  },
  {
    name: 'knowledge show',
    summary: 'Show a lesson, and where it comes from.',
    args: [{ name: 'lesson', about: "the lesson's name" }],
    examples: ['pushpals knowledge show run-the-linter-first-1a2b3c4d'],
    load: () => import('./commands/knowledge-show.js'),
  },
  {
    name: 'knowledge accept',
    summary: 'Have a lesson read into prompts from now on.',
    args: [{ name: 'lesson', about: "the lesson's name" }],
    examples: ['pushpals knowledge accept run-the-linter-first-1a2b3c4d'],
    load: () => import('./commands/knowledge-accept.js'),
  },
  {
    name: 'knowledge reject',
    summary: 'Turn a lesson down: it is read by nobody, and not proposed again.',
    args: [{ name: 'lesson', about: "the lesson's name" }],
    examples: ['pushpals knowledge reject run-the-linter-first-1a2b3c4d'],
    load: () => import('./commands/knowledge-reject.js'),
  },
];

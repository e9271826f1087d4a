import { LESSONS_FILE } from '../knowledge/lesson.js';
import type { Agent } from '../../generated/types.js';
import { DATA_RULE, taskPrompt, type Told } from './prompt.js';
import { untrusted, type Digest } from './untrusted.js';

interface Asked {
  readonly agent: Agent;
  readonly told: Told;
  readonly returns: Readonly<Record<string, unknown>> | undefined;
  readonly readOnly: boolean;
}

/** Characters that such an agent's model can read, at the least: what it does with a longer prompt is its own matter. */
const WINDOW = 400_000;

/** What a command-line agent is told: how it works here, and the task as any agent is told it. */
export function commandPrompt({ agent, told, returns, readOnly }: Asked, digest: Digest): string {
  return [
    ...(agent.prompt === undefined ? [] : [agent.prompt.trim()]),
    [
      '# How you work here',
      'Work in the current folder, which is a checkout of the repository. Do not commit, push or ask questions: nobody answers. When the task is done, stop.',
      ...(readOnly ? ['Change no file: what you change is thrown away.'] : []),
      DATA_RULE,
    ].join('\n'),
    taskPrompt(told, WINDOW, digest),
    ...(returns === undefined ? [] : [answerWanted(returns)]),
    ...(readOnly ? [] : [LESSONS_WANTED]),
    '',
  ].join('\n\n');
}

const LESSONS_WANTED = `# What others should know
Where you learned something of this project that will spare others time with other tasks, and that its files do not say, write it as JSON to \`${LESSONS_FILE}\` in the folder that the environment variable \`PUSHPALS_OUT\` names: a list of at most five \`{ "title": …, "text": … }\`, each with \`"paths"\`, a list of globs, where it is about some files alone. Write nothing where there is nothing.`;

/** What it is told when its answer did not fit. */
export const repairPrompt = (returns: Readonly<Record<string, unknown>>, faults: string, digest: Digest): string =>
  [
    'You worked on a task in this folder, and your answer does not fit what was asked for:',
    untrusted('what is wrong with it', faults, digest),
    'Change nothing else; only write the answer anew.',
    answerWanted(returns),
    '',
  ].join('\n\n');

const answerWanted = (returns: Readonly<Record<string, unknown>>): string => `# Your answer
Write it as JSON to the file \`outputs.json\` in the folder that the environment variable \`PUSHPALS_OUT\` names. It has to fit this JSON Schema:
${JSON.stringify(returns, null, 2)}`;

import type { Detected, Forge } from './detect.js';
import type { GuessedCommand } from './survey.js';

export interface ProjectSettings {
  readonly name: string;
  readonly branch: string;
  readonly driver: 'docker' | 'bubblewrap' | 'host';
}

/** `pushpals.yml` with what was found, each guess beside what it was guessed from. */
export function projectText({ name, branch, driver }: ProjectSettings, detected: Detected): string {
  const { commands, image, forge } = detected;
  const has = (command: GuessedCommand['name']): boolean => commands.some((known) => known.name === command);
  return [
    '# yaml-language-server: $schema=.pushpals/schemas/project.schema.json',
    '# What runs here. Only what is committed on the branch below counts. `pushpals validate` checks it.',
    'version: 1',
    `project: ${scalar(name.slice(0, 100))}`,
    `branch: ${scalar(branch)}`,
    'ops: { branch: ops, worktree: ops, remote: none }',
    'runner: { slots: 2 }',
    'sandbox:',
    `  driver: ${driver} # docker, bubblewrap or host; there is no fallback to a weaker one`,
    ...(driver === 'host' ? ['  # host isolates nothing: steps run with your rights'] : []),
    ...(driver === 'docker'
      ? [`  image: ${image.name} # guessed from: ${image.because}; pulled when it is first needed`]
      : []),
    '  network: none',
    '  memory: 2GB',
    '# What formulas call by name. `setup` runs before every check; only it has the network, where it needs one.',
    ...(commands.length === 0
      ? [
          'commands: {} # nothing was recognised; such as { setup: npm ci, test: npm test, lint-fix: npm run lint -- --fix }',
        ]
      : ['commands:', ...commands.map(commandLine)]),
    ...(has('lint-fix') && has('test')
      ? ['formula: lint-fixer # for orders that name none']
      : ['# formula: NAME # for orders that name none; they wait until there is one']),
    ...(forge === null ? [] : [forgeLine(forge)]),
    '',
  ].join('\n');
}

const forgeLine = ({ kind, repo, baseUrl }: Forge): string =>
  `forge: { kind: ${kind}, repo: ${scalar(repo)}${baseUrl === null ? '' : `, baseUrl: ${JSON.stringify(baseUrl)}`} } # asked with the token in PUSHPALS_FORGE_TOKEN, once something needs it`;

const commandLine = ({ name, run, network, because }: GuessedCommand): string => {
  const value =
    network === undefined ? scalar(run) : `{ run: ${JSON.stringify(run)}, network: ${scalar(String(network))} }`;
  return `  ${name}: ${value} # guessed from: ${because}`;
};

/** Plain where YAML reads that as the same text, else quoted; JSON's quotes are YAML's as well. */
function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z](?:[A-Za-z0-9 ./_-]|:(?=\S))*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain && text === text.trim() ? text : JSON.stringify(text);
}

/** The policy that comes with the program, letting `setup` have the network where a command needs it. */
export function policyText(shipped: string, { commands }: Detected): string {
  if (commands.every(({ network }) => network === undefined)) return shipped;
  const line =
    'network: { allow: full } # the most that any step may reach; only what asks for it gets it, here `setup`';
  const changed = shipped.replace(/^network: \{ allow: none \}.*$/m, line);
  if (changed === shipped) throw new Error('the shipped policy has no line `network: { allow: none }`');
  return changed;
}

/** A first order that can run here, and what it does; null where no built-in formula fits. */
export function firstOrder({ commands, language }: Detected): { readonly text: string; readonly about: string } | null {
  const has = (name: GuessedCommand['name']): boolean => commands.some((known) => known.name === name);
  if (!has('test')) return null;
  if (has('lint-fix'))
    return {
      text: orderText('Mend what the linter finds', 'lint-fixer'),
      about: 'runs your fixer, and ships what it changed if the tests pass',
    };
  if (language === 'node' && has('setup'))
    return {
      text: orderText('Bump one outdated package', 'dependency-steward'),
      about: 'bumps one outdated package, if the tests pass',
    };
  return {
    text: orderText('Look for flaky tests', 'ci-medic'),
    about: 'runs your tests five times, and names the ones that fail now and then',
  };
}

const orderText = (goal: string, formula: string): string => `---\nformula: ${formula}\n---\n${goal}\n`;

import type { CommandSpec } from './command.js';
import { KNOWLEDGE_COMMANDS } from './knowledge-commands.js';
import { ORDER_COMMANDS } from './order-commands.js';
import { RECORD_COMMANDS } from './record-commands.js';
import { TRIGGER_COMMANDS } from './trigger-commands.js';

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'init',
    summary: 'Put PushPals on a repository: ops branch, pushpals.yml, policy.',
    about:
      'Looks at what the repository is made of, shows what it found and what it would write, and asks. Makes the orphan branch `ops` with its work tree `ops/`, and writes `pushpals.yml` and `policy/policy.yml`. What is there already stays as it is, so that it can be run again to complete a set-up. Commit the two files when you have read them: only the committed ones count.',
    options: [
      { name: 'yes', about: 'write without asking' },
      {
        name: 'template',
        value: 'NAME',
        about: 'take the commands of node, python, go, rust or minimal instead of what the files say',
      },
      {
        name: 'driver',
        value: 'NAME',
        about: 'the sandbox driver: docker, bubblewrap or host (default: docker if an engine answers, else bubblewrap)',
      },
    ],
    examples: ['pushpals init', 'pushpals init --yes --driver bubblewrap', 'pushpals init --template python --dry-run'],
    load: () => import('./commands/init.js'),
  },
  {
    name: 'uninit',
    summary: 'Take PushPals off a repository again.',
    about:
      'Removes the work tree `ops/`, `.pushpals/`, snapshot refs, left-over sandboxes and its settings, after showing them. The ops branch, shipped branches and the files that you committed stay. Refuses while a runner works, and where `ops/` has uncommitted files.',
    options: [
      { name: 'yes', about: 'remove without asking' },
      { name: 'force', about: 'remove under a running order, and uncommitted files in `ops/`' },
    ],
    examples: ['pushpals uninit --dry-run', 'pushpals uninit --yes'],
    load: () => import('./commands/uninit.js'),
  },
  {
    name: 'doctor',
    summary: 'Check everything that work depends on, and say what mends it.',
    about:
      'Versions, project, ops branch and work tree, remote (by a dry-run push), driver, image, programs of the commands, clock, disk, locks, last tick. Changes nothing. Exit code 2 if something has to be mended before work goes on.',
    examples: ['pushpals doctor', 'pushpals doctor --json'],
    load: () => import('./commands/doctor.js'),
  },
  {
    name: 'validate',
    summary: 'Check project, formulas, agents, policy and the inbox.',
    about:
      'Reads the files as they lie in the work tree, so that you can check before you commit. Shows every problem with file, line and column. Exit code 2 if there is one.',
    options: [{ name: 'committed', about: 'check what is committed instead: what the runner reads' }],
    examples: ['pushpals validate', 'pushpals validate --json'],
    load: () => import('./commands/validate.js'),
  },
  {
    name: 'policy explain',
    summary: 'Show what the policy decides of an order, and every rule with why it counts or not.',
    about:
      'Of an order that there is, or of a formula and of paths as if a line of each were changed. By the committed policy, which is the one in force.',
    args: [{ name: 'order', about: "the order's name", optional: true }],
    options: [
      { name: 'formula', value: 'NAME', about: 'suppose an order of that formula' },
      { name: 'paths', value: 'PATHS', multiple: true, about: 'suppose that these are changed (separated by commas)' },
      { name: 'risk', value: 'TIER', about: 'suppose that the order asks for that tier' },
      { name: 'draft', about: 'by the policy as it lies in the work tree' },
    ],
    examples: [
      'pushpals policy explain fix',
      'pushpals policy explain --formula lint-fixer --paths src/app.js,package.json',
    ],
    load: () => import('./commands/policy-explain.js'),
  },
  {
    name: 'policy test',
    summary: 'Run the cases in policy/tests/ against the policy.',
    about: 'Reads the files as they lie in the work tree. Exit code 2 if a case comes out otherwise.',
    options: [{ name: 'committed', about: 'test what is committed instead: what is in force' }],
    examples: ['pushpals policy test', 'pushpals policy test --committed'],
    load: () => import('./commands/policy-test.js'),
  },
  {
    name: 'plan',
    summary: 'Show what the next tick would do and why. Changes nothing.',
    examples: ['pushpals plan'],
    load: () => import('./commands/plan.js'),
  },
  {
    name: 'tick',
    summary: 'Accept what was dropped, run what can run, then exit. For cron.',
    about: 'Ticks may overlap: only the claim of an order is exclusive.',
    examples: ['pushpals tick', 'pushpals tick --json'],
    load: () => import('./commands/tick.js'),
  },
  {
    name: 'watch',
    summary: 'Tick whenever there is reason to, until it is told to stop. For a service.',
    about:
      'Looks when a file is dropped, a branch moves, something is due, and at the latest each --poll. Prints one line an event, or with --json one JSON value a line. On SIGTERM or SIGINT nothing more starts, and what runs may go on for --grace; then, or at a second signal, it is handed back: the next tick goes on after its last snapshot. SIGHUP has everything read anew. Ends with 0 if nothing was handed back, else with 143 or 130.',
    options: [
      { name: 'grace', value: 'DURATION', about: 'how long what runs may go on after the first signal (default: 30s)' },
      { name: 'poll', value: 'DURATION', about: 'the longest between two looks (default: 30s)' },
    ],
    examples: ['pushpals watch', 'pushpals watch --json --grace 5m'],
    load: () => import('./commands/watch.js'),
  },
  {
    name: 'install',
    summary: 'Have cron tick, or systemd keep a watch running.',
    about:
      'Shows what it would write, and asks. `cron` puts a line into your crontab and keeps the rest; `systemd` writes a unit of your own user, ~/.config/systemd/user/pushpals-PROJECT.service, and prints the commands that start it. It can be run again to change it.',
    args: [{ name: 'service', about: 'cron or systemd' }],
    options: [
      { name: 'yes', about: 'write without asking' },
      { name: 'every', value: 'MINUTES', about: 'how often cron ticks, from 1 to 59 (default: 5)' },
      { name: 'systemctl', about: 'have systemd start it as well, or with --remove end it' },
      { name: 'remove', about: 'take it out again' },
    ],
    examples: ['pushpals install cron --dry-run', 'pushpals install systemd --yes', 'pushpals install cron --remove'],
    load: () => import('./commands/install.js'),
  },
  {
    name: 'status',
    summary: 'Show what waits for you, runs, is queued and ended lately.',
    options: [{ name: 'exact', about: 'show instants instead of how long ago' }],
    examples: ['pushpals status', 'pushpals status --exact'],
    load: () => import('./commands/status.js'),
  },
  {
    name: 'pause',
    summary: 'Hold everything back that has not started.',
    about:
      'Commits a file PAUSE on the ops branch, with your name and the reason: no order starts and no run is taken over while it is there, on any machine. Orders are still accepted, and what runs goes on.',
    options: [
      { name: 'now', about: 'end the running steps as well; their orders go on after their last snapshots' },
      { name: 'reason', value: 'TEXT', about: 'why, for the record' },
    ],
    examples: ['pushpals pause --reason "we release"', 'pushpals pause --now'],
    load: () => import('./commands/pause.js'),
  },
  {
    name: 'resume',
    summary: 'Go on after a pause.',
    examples: ['pushpals resume'],
    load: () => import('./commands/resume.js'),
  },
  ...ORDER_COMMANDS,
  ...TRIGGER_COMMANDS,
  ...KNOWLEDGE_COMMANDS,
  {
    name: 'vault list',
    summary: 'List the requests that wait for an approval.',
    examples: ['pushpals vault list'],
    load: () => import('./commands/vault-list.js'),
  },
  {
    name: 'vault show',
    summary: 'Show a request: what is asked and why, what it changes, what happens after approval.',
    args: [{ name: 'request', about: "the request's name" }],
    options: [{ name: 'no-pager', about: 'print a diff instead of opening the pager' }],
    examples: ['pushpals vault show fix-3fa9c1'],
    load: () => import('./commands/vault-show.js'),
  },
  {
    name: 'vault approve',
    summary: 'Approve a request, in your name.',
    about:
      'Shows the request and its diff, asks, and merges its branch into the ops branch; signed with your SSH key where the policy asks for signatures. What the policy would refuse is refused at once. The same as `git merge --no-ff vault/<request>` in `ops/`.',
    args: [{ name: 'request', about: "the request's name" }],
    options: [{ name: 'yes', about: 'approve without asking' }],
    examples: ['pushpals vault approve fix-3fa9c1'],
    load: () => import('./commands/vault-approve.js'),
  },
  {
    name: 'vault answer',
    summary: 'Report on a task, or answer a question, in your name.',
    about: 'As `vault approve`, with what you say in the request’s file.',
    args: [
      { name: 'request', about: "the request's name" },
      { name: 'answer', about: 'what was done, or one of the answers that the request names', rest: true },
    ],
    examples: ['pushpals vault answer fix-3fa9c1 retry', 'pushpals vault answer fix-3fa9c1 "the key is rotated"'],
    load: () => import('./commands/vault-answer.js'),
  },
  {
    name: 'vault reject',
    summary: 'Reject a request; its order is cancelled.',
    args: [{ name: 'request', about: "the request's name" }],
    options: [{ name: 'reason', value: 'TEXT', about: 'why, for the record' }],
    examples: ['pushpals vault reject fix-3fa9c1 --reason "too wide"'],
    load: () => import('./commands/vault-reject.js'),
  },
  {
    name: 'vault resolve',
    summary: 'Say what happened where a crash left it unknown.',
    args: [{ name: 'request', about: "the request's name" }],
    options: [
      { name: 'done', about: 'what was approved was done' },
      { name: 'undone', about: 'it was not; the order is queued again' },
    ],
    examples: ['pushpals vault resolve fix-3fa9c1 --done'],
    load: () => import('./commands/vault-resolve.js'),
  },
  {
    name: 'agents list',
    summary: 'List the agents: what they work by, what they can do, and how they did lately.',
    examples: ['pushpals agents list', 'pushpals agents list --json'],
    load: () => import('./commands/agents-list.js'),
  },
  {
    name: 'agents show',
    summary: 'Show an agent: its backend, tools and bounds, and its last runs.',
    args: [{ name: 'agent', about: "the agent's name" }],
    examples: ['pushpals agents show bug-fixer'],
    load: () => import('./commands/agents-show.js'),
  },
  {
    name: 'agents add',
    summary: 'Add a model to pushpals.yml, or a command-line agent to agents/.',
    about:
      'By backend: `ollama`, `openai` (any server that speaks its protocol) or `command`. A model is added as `default`, which every role uses, unless --name says otherwise. A command is one of the presets claude, codex, aider, goose, openhands, or a name and the program with its arguments after `--`; with --name it is added under that name, such as the name of a role, and gets its instructions. Shows what it writes, writes over nothing, and asks the server whether it has the model.',
    args: [
      { name: 'backend', about: 'ollama, openai or command' },
      { name: 'command', about: 'the preset or name, and the program after --', optional: true, rest: true },
    ],
    options: [
      { name: 'model', value: 'MODEL', about: 'the model, as the server calls it' },
      { name: 'url', value: 'URL', about: "the server's address" },
      { name: 'key-env', value: 'VARIABLE', about: "the variable of the runner's environment that holds the key" },
      { name: 'name', value: 'NAME', about: 'the key under `models`, or the agent’s name' },
    ],
    examples: [
      'pushpals agents add ollama --model qwen3-coder:30b',
      'pushpals agents add openai --url http://localhost:1234/v1 --model qwen3-coder',
      'pushpals agents add command claude --name bug-fixer',
      'pushpals agents add command mine -- my-agent --batch',
    ],
    load: () => import('./commands/agents-add.js'),
  },
  ...RECORD_COMMANDS,
  {
    name: 'version',
    summary: 'Print the version.',
    examples: ['pushpals version'],
    load: () => import('./commands/version.js'),
  },
  {
    name: 'help',
    summary: 'Show help: all commands, one command, or what a class of failures means.',
    args: [{ name: 'topic', about: 'a command or a failure class', optional: true, rest: true }],
    examples: ['pushpals help', 'pushpals help order new', 'pushpals help check-failed'],
    load: () => import('./commands/help.js'),
  },
  {
    name: 'completion',
    summary: 'Print a completion script for your shell.',
    args: [{ name: 'shell', about: 'bash, zsh or fish' }],
    examples: ['pushpals completion bash', 'pushpals completion fish'],
    load: () => import('./commands/completion.js'),
  },
];

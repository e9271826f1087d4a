import { PROJECT_FILE } from '../../app/desired.js';
import { initialize, propose, type Proposal } from '../../app/initialize.js';
import { LANGUAGES } from '../../core/detect/survey.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';
import { table } from '../table.js';
import { renderFailure } from '../render-failure.js';

const DRIVERS = ['docker', 'bubblewrap', 'host'] as const;

export async function run(invocation: Invocation): Promise<Exit> {
  const { out, flag } = invocation;
  const driver = choice(invocation, 'driver', DRIVERS);
  const template = choice(invocation, 'template', LANGUAGES);
  if (driver === undefined || template === undefined) return 2;
  const repo = await invocation.repo();
  if (!repo.ok) return repo.failure;
  const proposal = await propose(repo.value, { driver, template });
  const missing = proposal.parts.filter(({ state }) => state === 'missing');
  const isDry = flag('dry-run');
  if (!out.traits.json && missing.length > 0) show(proposal, out);
  if (missing.length > 0 && !isDry && !flag('yes') && !(await invocation.confirm('Write this?'))) {
    out.note('nothing was written; `pushpals init --yes` writes it');
    return 2;
  }
  if (!isDry) {
    const done = await initialize(repo.value, proposal);
    if (!done.ok) return done.failure;
  }
  const state = (part: Proposal['parts'][number]): string =>
    part.state === 'there' ? 'there' : isDry ? 'would make' : 'made';
  if (out.traits.json) {
    out.json({ ...proposal, parts: proposal.parts.map((part) => ({ what: part.what, state: state(part) })) });
    return 0;
  }
  for (const part of proposal.parts)
    out.line(`${out.paint(part.state === 'there' ? 'dim' : 'good', state(part).padEnd(10))} ${part.what}`);
  if (missing.length === 0) out.line('\nEverything is there; nothing was changed.');
  else if (!isDry) showNext(proposal, out);
  return 0;
}

/** Null where the option was not given; undefined, with a note, where there is no such choice. */
function choice<T extends string>(
  { option, out }: Invocation,
  name: string,
  choices: readonly T[],
): T | null | undefined {
  const given = option(name);
  if (given === undefined) return null;
  const known = choices.find((one) => one === given);
  if (known === undefined) out.note(`no ${name} \`${given}\`; there are ${choices.join(', ')}`);
  return known;
}

function show({ detected, driver, branch, parts }: Proposal, out: Output): void {
  const { language, because, commands, image, forge, notes } = detected;
  const rows: (readonly string[])[] = [
    ['language', language, because === null ? 'as asked for' : `from ${because}`],
    ['branch', branch, 'checked out here'],
    ['driver', driver, driver === 'docker' ? `image ${image.name}, from: ${image.because}` : ''],
    ...(forge === null ? [] : [['forge', forge.kind, forge.repo]]),
    ...commands.map(({ name, run, network, because: why }) => [
      name,
      run,
      `from ${why}${network === undefined ? '' : '; has the network'}`,
    ]),
  ];
  out.line(out.paint('strong', 'Found'));
  for (const line of table(
    rows.map((row) => row.map(printable)),
    out.traits.width - 2,
  ))
    out.line(`  ${line}`);
  for (const note of notes) out.line(`  ${out.paint('wait', printable(note))}`);
  if (commands.length === 0)
    out.line(`  ${out.paint('wait', 'no commands were recognised: fill in `commands:` before the first order')}`);
  for (const { what, content } of parts) {
    if (content === undefined) continue;
    out.line();
    out.line(out.paint('strong', what));
    for (const line of content.trimEnd().split('\n')) out.line(`  ${printable(line)}`);
  }
  out.line();
}

function showNext({ parts, missing, example }: Proposal, out: Output): void {
  const written = parts.flatMap(({ what, content }) => (content === undefined ? [] : [what]));
  const toAdd = [...new Set(written.map((path) => (path.startsWith('policy/') ? 'policy' : path)))];
  if (missing !== null && written.includes(PROJECT_FILE)) {
    out.line();
    out.line(renderFailure(missing, out));
  }
  if (written.length > 0) {
    out.line();
    out.line('Read what was written, then commit it; only what is committed counts:');
    out.line(`  git add ${toAdd.join(' ')} && git commit -m "Add PushPals"`);
  }
  if (example !== null) {
    out.line();
    out.line(`A first order lies in ops/${example.path}: it ${example.about}.`);
    out.line(`  cp ops/${example.path} ops/inbox/ && pushpals tick`);
  }
}

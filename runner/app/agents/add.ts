import { checkAgent } from '../../core/agents/agent.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { suggestion } from '../../core/nearest.js';
import type { Agent, Project } from '../../generated/types.js';
import type { Repo } from '../connection.js';
import { PROJECT_FILE, checked } from '../desired.js';
import type { ModelSpec } from '../ports/models.js';

/** A file that `agents add` would write. */
export interface Proposal {
  readonly path: string;
  /** What of it is new, for a person to read. */
  readonly shown: string;
  readonly content: string;
  /** What is there now; null where there is no such file. */
  readonly before: string | null;
  /** All of it is there already. */
  readonly isThere: boolean;
}

const conflict = (what: string, hint: string): Result<never> => fail({ class: 'state-conflict', what, hint });
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A model's entry in the project's file, as the person has it now. Fails where the name is taken by another model. */
export async function proposeModel(
  { folder, formats }: Pick<Repo, 'folder' | 'formats'>,
  name: string,
  spec: ModelSpec,
): Promise<Result<Proposal>> {
  const file = await folder.file(PROJECT_FILE);
  if (file === null) return conflict(`there is no ${PROJECT_FILE}`, 'Run `pushpals init` first.');
  const bytes = await file.read();
  const read = formats.project(PROJECT_FILE, bytes);
  if (!read.ok) return read;
  const { models = {} }: Project = read.value.value;
  const before = decode(bytes);
  const there = Object.hasOwn(models, name) ? models[name] : undefined;
  const same = (one: unknown): string => JSON.stringify(Object.entries(one as object).sort());
  if (there !== undefined && same(there) !== same(spec))
    return conflict(
      `pushpals.yml has another model \`${name}\``,
      'Give this one another name with `--name`, or change that entry by hand.',
    );
  const content = there === undefined ? formats.withEntry(before, 'models', name, spec) : before;
  const wrong = formats.project(PROJECT_FILE, new TextEncoder().encode(content));
  if (!wrong.ok) return wrong;
  return ok({
    path: PROJECT_FILE,
    shown: formats.withEntry('', 'models', name, spec),
    content,
    before,
    isThere: there !== undefined,
  });
}

/** A command-line agent's file: that of a preset, or of an argument list; with the words of a built-in role where `name` is one's. */
export async function proposeCommand(
  { folder, formats, reading }: Pick<Repo, 'folder' | 'formats' | 'reading'>,
  name: string,
  by: { readonly preset: string } | { readonly argv: readonly string[] },
): Promise<Result<Proposal>> {
  const shipped = new Map<string, Agent>();
  for (const { name, file, bytes } of await reading.builtIns.files('agents')) {
    const read = formats.agent(file, bytes);
    if (!read.ok) return read;
    shipped.set(name, read.value.value);
  }
  const presets = [...shipped.values()].flatMap(({ agent, command }) => (command === undefined ? [] : [agent]));
  const preset = 'preset' in by ? shipped.get(by.preset) : null;
  if (preset === undefined || (preset !== null && preset.command === undefined))
    return conflict(
      `there is no preset \`${'preset' in by ? by.preset : ''}\``,
      `${suggestion('preset' in by ? by.preset : '', presets, 'presets')} Any other command: \`pushpals agents add command NAME -- PROGRAM ARGUMENT…\`.`,
    );
  const { command = { argv: 'argv' in by ? [...by.argv] : [] }, env, network, secrets, image } = preset ?? {};
  const role = shipped.get(name);
  const { description, capabilities, prompt } = role ?? preset ?? {};
  const brings = Object.entries({ description, capabilities, command, env, network, secrets, image, prompt });
  const agent = Object.fromEntries([['agent', name], ...brings.filter(([, value]) => value !== undefined)]) as unknown;
  const path = `agents/${name}.yml`;
  const content = `# yaml-language-server: $schema=../.pushpals/schemas/agent.schema.json\n${formats.stringify(agent)}`;
  const written = checked(path, formats.agent(path, new TextEncoder().encode(content)), (value) =>
    checkAgent(value, name, { version: 1, project: 'any' }),
  );
  if (!written.ok) return written;
  const there = (await folder.folder('agents')).find(
    (file) => file.path === path || file.path === `agents/${name}.yaml`,
  );
  const before = there === undefined ? null : decode(await there.read());
  if (before !== null && before !== content)
    return conflict(
      `${there?.path ?? path} is there already`,
      'Give this one another name with `--name`, or change that file by hand.',
    );
  return ok({ path, shown: content, content, before, isThere: before !== null });
}

/** Writes what was proposed, if nothing changed meanwhile. */
export async function writeProposal({ setup }: Pick<Repo, 'setup'>, proposal: Proposal): Promise<Result<null>> {
  const { path, content, before, isThere } = proposal;
  if (isThere) return ok(null);
  const written = before === null ? await setup.write(path, content) : await setup.replace(path, before, content);
  return written ? ok(null) : conflict(`${path} was changed just now`, 'Try again.');
}

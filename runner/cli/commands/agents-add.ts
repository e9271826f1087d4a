import { proposeCommand, proposeModel, writeProposal, type Proposal } from '../../app/agents/add.js';
import type { ModelSpec } from '../../app/ports/models.js';
import type { Result } from '../../core/failure.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';

/** What is asked for; a text says why it cannot be. */
type Asked =
  | { readonly model: string; readonly spec: ModelSpec }
  | { readonly command: string; readonly by: { readonly preset: string } | { readonly argv: readonly string[] } };

export async function run(invocation: Invocation): Promise<Exit> {
  const { out, flag } = invocation;
  const asked = readAsked(invocation);
  if (typeof asked === 'string') {
    out.note(asked);
    return 2;
  }
  const connection = await invocation.connect();
  if (!connection.ok) return connection.failure;
  const proposal: Result<Proposal> =
    'model' in asked
      ? await proposeModel(connection.value, asked.model, asked.spec)
      : await proposeCommand(connection.value, asked.command, asked.by);
  if (!proposal.ok) return proposal.failure;
  const { path, shown, isThere } = proposal.value;
  const isDry = flag('dry-run');
  if (!out.traits.json)
    out.line(`${isThere ? 'there already' : isDry ? 'would write' : 'writes'}: ${path}\n\n${printable(shown)}`);
  if (!isDry) {
    const written = await writeProposal(connection.value, proposal.value);
    if (!written.ok) return written.failure;
  }
  const unavailable =
    'model' in asked ? await (await connection.value.tools.models.open(asked.model, asked.spec)).unavailable() : null;
  const next = [
    ...(unavailable === null ? [] : [`the server: ${unavailable.why}. ${unavailable.mend}`]),
    ...(isThere || isDry ? [] : [`commit it: git add ${path} && git commit -m "Add an agent"`]),
    ...('command' in asked ? leftForPolicy(proposal.value) : []),
  ];
  if (out.traits.json)
    out.json({ path, content: proposal.value.content, written: !isDry && !isThere, unavailable, next });
  else for (const line of next) out.line(`→ ${printable(line)}`);
  return 0;
}

function readAsked({ args, option }: Invocation): Asked | string {
  const [backend = '', ...rest] = args;
  const [model, url, name] = [option('model'), option('url'), option('name')];
  if (backend === 'ollama' || backend === 'openai') {
    if (rest.length > 0) return `\`${printable(rest[0] ?? '')}\` is one word too many`;
    if (model === undefined) return `\`pushpals agents add ${backend}\` needs \`--model MODEL\``;
    if (backend === 'openai' && url === undefined)
      return '`pushpals agents add openai` needs `--url URL`, such as http://localhost:1234/v1';
    const keyEnv = option('key-env');
    const spec = {
      provider: backend,
      model,
      ...(url === undefined ? {} : { baseUrl: url }),
      ...(keyEnv === undefined ? {} : { keyEnv }),
    } as ModelSpec;
    return { model: name ?? 'default', spec };
  }
  if (backend !== 'command') return `no backend \`${printable(backend)}\`; there are ollama, openai, command`;
  const [preset, ...argv] = rest;
  if (preset === undefined)
    return '`pushpals agents add command` needs a preset (claude, codex, aider, goose, openhands), or a name and `-- PROGRAM ARGUMENT…`';
  return argv.length === 0 ? { command: name ?? preset, by: { preset } } : { command: name ?? preset, by: { argv } };
}

/** What the policy has to say before the agent gets what it brings. */
function leftForPolicy({ content }: Proposal): readonly string[] {
  const needs = ['network', 'secrets'].filter((key) => new RegExp(`^${key}:`, 'm').test(content));
  return needs.length === 0
    ? []
    : [
        `policy/policy.yml has to allow its ${needs.join(' and ')}: \`pushpals validate\` and \`pushpals policy explain\` name the lines for each formula that uses it`,
      ];
}

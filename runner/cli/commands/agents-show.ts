import { LOOK_BACK_DAYS, readRoster, type Listed } from '../../app/agents/roster.js';
import { suggestion } from '../../core/nearest.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';
import { renderFailure } from '../render-failure.js';
import { backendOf, successOf } from '../screens/agents.js';

export async function run({ connect, out, args }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const roster = await readRoster(connection.value);
  if (!roster.ok) return roster.failure;
  const name = args[0] ?? '';
  const listed = roster.value.find((each) => each.name === name);
  if (listed === undefined) {
    const names = roster.value.map((each) => each.name);
    return {
      class: 'state-conflict',
      what: `there is no agent ${printable(name)}`,
      hint: suggestion(name, names, 'agents'),
    };
  }
  if (out.traits.json) {
    out.json(listed);
    return 0;
  }
  show(listed, out);
  return listed.failure === null ? 0 : 2;
}

function show(listed: Listed, out: Output): void {
  const { agent, models, record } = listed;
  out.line(out.paint('strong', listed.name));
  if (agent?.description !== undefined) out.line(printable(agent.description));
  out.line();
  const line = (what: string, text: string): void => {
    if (text !== '') out.line(`${what.padEnd(13)} ${text}`);
  };
  line('from', listed.from);
  line('backend', backendOf(listed));
  if (agent !== null) {
    line('command', agent.command === undefined ? '' : printable(JSON.stringify(agent.command.argv)));
    line(
      'fallback',
      models
        .slice(1)
        .map(([key, { model }]) => `${key}: ${printable(model)}`)
        .join(', '),
    );
    line('capabilities', (agent.capabilities ?? []).join(', '));
    line('tools', (agent.tools ?? []).join(', '));
    line('may execute', printable((agent.exec?.allow ?? []).join(', ')));
    line(
      'budget',
      Object.entries(agent.budget ?? {})
        .map(([what, most]) => `${String(most)} ${what}`)
        .join(', '),
    );
    line('network', printable(Array.isArray(agent.network) ? agent.network.join(', ') : (agent.network ?? '')));
    line('secrets', (agent.secrets ?? []).map((each) => (typeof each === 'string' ? each : each.name)).join(', '));
    line('image', printable(agent.image ?? ''));
  }
  const success = successOf(listed);
  line(
    'succeeded',
    success === '' ? `no runs in ${String(LOOK_BACK_DAYS)} days` : `${success} in ${String(LOOK_BACK_DAYS)} days`,
  );
  for (const { run, outcome, endedAt, tokens } of record.last)
    out.line(
      `  ${printable(run).padEnd(20)} ${printable(endedAt)} ${printable(outcome)}${tokens === 0 ? '' : `, ${String(tokens)} tokens`}`,
    );
  if (listed.failure !== null) out.line(renderFailure(listed.failure, out));
}

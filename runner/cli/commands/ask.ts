import { readOrderNames } from '../../app/orders.js';
import { understand, type Asked } from '../../core/ask/understand.js';
import type { Failure } from '../../core/failure.js';
import { ANSWERERS } from '../ask/answers.js';
import { propose } from '../ask/propose.js';
import type { Exit, Invocation } from '../command.js';
import { calendarOf } from '../local-time.js';

export async function run(invocation: Invocation): Promise<Exit> {
  const { args, out, connect } = invocation;
  const question = args.join(' ');
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, project } = connection.value;
  const orders = await readOrderNames(tools);
  if (!orders.ok) return orders.failure;
  const triggers = new Set((project.triggers ?? []).map(({ id }) => id));
  const now = tools.clock.now();
  const calendar = calendarOf(invocation.timezone(), now);
  const understood = understand(question, { orders: orders.value, triggers }, now, calendar);
  if (understood.is === 'order') return propose(connection.value, question, invocation);
  if (understood.is === 'ambiguous') return ambiguous(understood.readings);
  if (understood.is === 'unknown') return unknown(understood);
  const { asked } = understood;
  const answer = await ANSWERERS[asked.topic](asked, { ...invocation, connection: connection.value });
  if (!answer.ok) return answer.failure;
  const { lines, data, command } = answer.value;
  if (out.traits.json) {
    out.json({ is: 'answer', asked, lines, data, command });
    return 0;
  }
  for (const line of lines) out.line(line);
  out.note(out.paint('dim', `→ ${command}`));
  return 0;
}

function ambiguous(readings: readonly Asked[]): Failure {
  const meanings = readings.map(({ topic, name }) => {
    const [kind] = topic.split('-');
    return name === null ? topic.replaceAll('-', ' ') : `the ${kind ?? ''} ${name}`;
  });
  return {
    class: 'state-conflict',
    what: `this can mean ${[...new Set(meanings)].join(' or ')}`,
    hint: 'Say which, such as `order NAME` or `trigger NAME`.',
  };
}

function unknown({
  kind,
  name,
  near,
}: {
  readonly kind: string;
  readonly name: string;
  readonly near: readonly string[];
}): Failure {
  const [only] = near;
  const list = kind === 'trigger' ? 'pushpals trigger list' : 'pushpals order list --all';
  return {
    class: 'state-conflict',
    what: `there is no ${kind} ${name}`,
    hint:
      only === undefined
        ? `\`${list}\` lists them. If this is meant as an order, file it with \`pushpals order new\`.`
        : near.length === 1
          ? `Did you mean \`${only}\`?`
          : `Which do you mean: ${near.join(', ')}?`,
  };
}

import { fileOrder } from '../../app/orders.js';
import type { Exit, Invocation } from '../command.js';

export async function run(invocation: Invocation): Promise<Exit> {
  const { out, args, option, options } = invocation;
  const file = option('file');
  if ((file === undefined) === (args.length === 0)) {
    out.note('give either the goal in words, or --file');
    return 2;
  }
  const connection = await invocation.connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const inputs = Object.fromEntries(
    options('input').map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, true] : [pair.slice(0, at), valueOf(pair.slice(at + 1))];
    }),
  );
  const given = {
    ...(option('formula') === undefined ? {} : { formula: option('formula') }),
    ...(option('priority') === undefined ? {} : { priority: option('priority') }),
    ...(option('risk') === undefined ? {} : { risk: option('risk') }),
    ...(options('after').length === 0 ? {} : { after: options('after') }),
    ...(options('input').length === 0 ? {} : { inputs }),
  };
  const source =
    file === undefined
      ? { goal: args.join(' ') }
      : {
          path: file === '-' ? 'stdin.md' : file,
          bytes: file === '-' ? await invocation.readStdin() : await connection.value.readFile(file, invocation.cwd),
        };
  const filed = await fileOrder(tools, branch, source, given, option('name'));
  if (!filed.ok) return filed.failure;
  if (out.traits.json)
    out.json({ order: filed.value.record.id, state: filed.value.state, formula: filed.value.record.formula });
  else out.line(`${filed.value.record.id} is queued with ${filed.value.record.formula}; the next tick starts it.`);
  return 0;
}

/** A value that is JSON is taken as such, so that numbers and lists can be given; everything else is text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

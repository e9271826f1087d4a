import { findRequest, requestDiff } from '../../app/vault/people.js';
import type { Exit, Invocation } from '../command.js';
import { patchScreen } from '../screens/markdown.js';
import { requestScreen } from '../screens/request.js';

const DIFF_BYTES = 1024 * 1024;

export async function run({ connect, out, args, flag, page }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools } = connection.value;
  const found = await findRequest(tools, args[0] ?? '');
  if (!found.ok) return found.failure;
  const diff = await requestDiff(tools, found.value.request, DIFF_BYTES);
  if (!diff.ok) return diff.failure;
  if (out.traits.json) {
    out.json({ ...found.value, diff: diff.value });
    return 0;
  }
  const patch = diff.value === null || diff.value === '' ? [] : ['', ...patchScreen(diff.value, out.paint)];
  const lines = [...requestScreen(found.value, tools.clock.now(), out.paint), ...patch];
  const whole = lines.join('\n');
  if (patch.length === 0 || flag('no-pager') || !(await page(`${whole}\n`))) out.line(whole);
  return 0;
}

import { approveRequest, findRequest, requestDiff } from '../../app/vault/people.js';
import type { Exit, Invocation } from '../command.js';
import { patchScreen } from '../screens/markdown.js';
import { requestScreen } from '../screens/request.js';

const DIFF_BYTES = 1024 * 1024;

export async function run({ connect, out, args, flag, confirm, page }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const id = args[0] ?? '';
  const found = await findRequest(tools, id);
  if (!found.ok) return found.failure;
  if (!flag('yes') && found.value.state === 'pending') {
    const diff = await requestDiff(tools, found.value.request, DIFF_BYTES);
    if (!diff.ok) return diff.failure;
    const patch = diff.value === null || diff.value === '' ? [] : ['', ...patchScreen(diff.value, out.paint)];
    const whole = [...requestScreen(found.value, tools.clock.now(), out.paint), ...patch].join('\n');
    if (patch.length === 0 || !(await page(`${whole}\n`))) out.note(whole);
    if (!(await confirm(`Approve ${id}?`))) {
      const hint = `Look at it (pushpals vault show ${id}), then say so: pushpals vault approve ${id} --yes.`;
      return { class: 'state-conflict', what: 'not approved', hint };
    }
  }
  const approved = await approveRequest(tools, branch, id);
  if (!approved.ok) return approved.failure;
  const { by, more } = approved.value;
  if (out.traits.json) out.json({ request: id, by, more });
  else
    out.line(
      more > 0
        ? `${by} approved ${id}; ${String(more)} more ${more === 1 ? 'person has' : 'people have'} to, after the next tick asked again.`
        : `${by} approved ${id}; the next tick goes on with it.`,
    );
  return 0;
}

// placeholder until the reader lands
import { ok, type Failure, type Result } from '../core/failure.js';
import type { Order } from '../generated/types.js';
import { order } from '../generated/validators.js';
import { parseYaml } from './yaml.js';
export function readOrder(file: string, bytes: Uint8Array): Result<{ order: Order }> {
  if (/\.ya?ml$/.test(file)) { const r = parseYaml(file, bytes, order); return r.ok ? ok({ order: r.value.value }) : { ok: false, failure: { class: 'order-invalid', ...r.failure } }; }
  const text = Buffer.from(bytes).toString(); const m = /^---\n([^]*?)\n---\n([^]*)$/.exec(text);
  const goal = (m?.[2] ?? text).replace(/^#+ */, '').trim();
  const f = /formula: (\S+)/.exec(m?.[1] ?? '')?.[1];
  return ok({ order: { goal, ...(f === undefined ? {} : { formula: f }) } });
}
export const renderRejection = (file: string, failure: Failure): string => `${file}\n${JSON.stringify(failure, null, 2)}\n`;

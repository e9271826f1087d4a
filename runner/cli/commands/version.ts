import type { Invocation } from '../command.js';

export function run({ out, version, nodeVersion }: Invocation): Promise<number> {
  if (out.traits.json) out.json({ version, node: nodeVersion });
  else out.line(`pushpals ${version}`);
  return Promise.resolve(0);
}

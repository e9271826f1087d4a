import { audit } from '../../app/audit.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';

export async function run({ connect, out }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const audited = await audit(tools, branch);
  if (!audited.ok) return audited.failure;
  const { findings, commits, transitions, fired, byForge, evidence } = audited.value;
  if (out.traits.json) out.json(audited.value);
  else {
    for (const { commit, what } of findings)
      out.line(`${out.paint('bad', 'finding')}  ${commit.slice(0, 12)}  ${printable(what)}`);
    for (const { request, url, login } of byForge)
      out.line(`${out.paint('dim', 'by the forge')}  ${request}  merged by ${printable(login)} at ${printable(url)}`);
    const looked = `${String(commits)} commits, ${String(transitions)} transitions, ${String(fired)} fired requests, ${String(evidence)} logs`;
    const verdict =
      findings.length === 0
        ? out.paint('good', 'nothing found')
        : out.paint('bad', `${String(findings.length)} ${findings.length === 1 ? 'finding' : 'findings'}`);
    out.line(`${verdict}: ${looked}`);
  }
  return findings.length === 0 ? 0 : 1;
}

import type { OrderRecord, Policy, VaultRequest } from '../generated/types.js';
import { amountText } from '../core/agents/budget.js';
import { isOverGranted } from '../core/agents/grants.js';
import { walk, type Finding, type Walk } from '../core/audit.js';
import { fail, ok, type Result } from '../core/failure.js';
import type { BlobId, CommitId } from '../core/ids.js';
import { ENDED_STATES, LIVE_STATES, recordPath } from '../core/record.js';
import { parseJson } from '../core/parse-json.js';
import { POLICY_FILE } from './desired.js';
import { readFile, readRecords } from './records.js';
import { seenRef } from './seen.js';
import { RUNNER, type Tools } from './tools.js';
import { projectTip } from './world.js';
import { recheck, type Says } from './vault/recheck.js';

export interface Audit {
  readonly findings: readonly Finding[];
  readonly commits: number;
  readonly transitions: number;
  readonly fired: number;
  /** Approvals that only the forge's word, as it was written down then, says whose they are. */
  readonly byForge: readonly { readonly request: string; readonly url: string; readonly login: string }[];
  readonly evidence: number;
}

/** Checks the whole history of the ops branch: transitions, approvals by the policy of their time, digests, and that nothing was rewritten. */
export async function audit(tools: Tools, branch: string): Promise<Result<Audit>> {
  const tip = await tools.ops.tip();
  if (tip === null)
    return fail({ class: 'state-conflict', what: 'there is no ops branch', hint: 'Run `pushpals init`.' });
  const walked = walk(await tools.audit.commits(tip), RUNNER.email);
  const findings: Finding[] = [...walked.findings];
  const seen = await tools.repository.resolve(seenRef(tools.ops.ref));
  if (seen !== null && !(await tools.repository.isAncestor(seen, tip)))
    findings.push({ commit: tip, what: `the history was rewritten: ${seen} was its tip, and is not in it any more` });
  const policies = await policiesOf(tools, branch);
  const byForge: Audit['byForge'][number][] = [];
  for (const { commit, before, path } of walked.fired) {
    const at = { commit: commit as CommitId, before: before as CommitId };
    const why = await unapproved(tools, at, path, policies, byForge);
    if (why !== null) findings.push({ commit, what: `${path}: ${why}` });
  }
  findings.push(...(await overGranted(tools, tip, walked)));
  const standing = await tools.repository.files(tip, ['evidence']);
  const digests = await wrongDigests(tools, new Map(standing.map(({ path, blob }) => [path, blob as string])));
  findings.push(...digests.findings.map((what) => ({ commit: tip, what })));
  const { commits, transitions, fired } = walked;
  return ok({ findings, commits, transitions, fired: fired.length, byForge, evidence: digests.checked });
}

/** Every policy that the project's branch ever had, by its digest. */
async function policiesOf(tools: Tools, branch: string): Promise<ReadonlyMap<string, Policy>> {
  const tip = await projectTip(tools, branch);
  const policies = new Map<string, Policy>();
  if (tip === null) return policies;
  for (const commit of await tools.audit.versions(tip, POLICY_FILE)) {
    const file = await readFile(tools, commit, POLICY_FILE);
    const read = file === null ? null : tools.formats.policy(POLICY_FILE, file.bytes);
    if (file !== null && read?.ok === true) policies.set(tools.sha256(file.bytes), read.value.value);
  }
  return policies;
}

async function unapproved(
  tools: Tools,
  { commit, before }: { readonly commit: CommitId; readonly before: CommitId },
  path: string,
  policies: ReadonlyMap<string, Policy>,
  byForge: Audit['byForge'][number][],
): Promise<string | null> {
  const file = await readFile(tools, commit, path);
  const read = file === null ? null : tools.formats.request(path, file.bytes);
  if (read?.ok !== true) return 'it cannot be read';
  const request: VaultRequest = read.value;
  const policy = policies.get(request.subject.policy);
  if (policy === undefined) return 'the policy that it was fired by was never on the project’s branch';
  const place = `waiting/${request.order}.yml`;
  const waiting = await readFile(tools, before, place);
  const order = waiting === null ? null : tools.formats.record(place, waiting.bytes);
  if (order?.ok !== true) return `the order ${request.order} did not wait for it`;
  const record: OrderRecord = order.value;
  const wrong = await recheck(tools, policy, request, { record }, recorded);
  const why = wrong.ok ? wrong.value : wrong.failure.class;
  for (const { forge } of request.approvals ?? [])
    if (forge !== undefined) byForge.push({ request: request.id, url: forge.url, login: forge.login });
  return why === null ? null : `fired without a valid approval: ${why}`;
}

/** What the forge said then, by the record: who audits may have no forge at hand. How many rest on that is said. */
const recorded: Says = (_, { forge }) =>
  Promise.resolve(
    forge === undefined ? { is: 'not', why: 'its record has no word of a forge' } : { is: 'merged', word: forge },
  );

/** Records that say that more was granted than requests which were fired; a person who has an order tried again may grant it more as well. */
async function overGranted(tools: Tools, tip: CommitId, { fired, retried }: Walk): Promise<readonly Finding[]> {
  const requests: VaultRequest[] = [];
  for (const { path } of fired) {
    const file = await readFile(tools, tip, path);
    const read = file === null ? null : tools.formats.request(path, file.bytes);
    if (read?.ok === true) requests.push(read.value);
  }
  const files = await tools.repository.files(tip, [...LIVE_STATES, ...ENDED_STATES]);
  const findings: Finding[] = [];
  for (let start = 0; start < files.length; start += BATCH) {
    const { orders } = await readRecords(files.slice(start, start + BATCH), tools);
    for (const order of orders) {
      const { id, granted = {} } = order.record;
      if (retried.has(id) || !isOverGranted(order.record, requests)) continue;
      const what = `${recordPath(order)}: it says that ${amountText(granted)} were granted, and no request was fired that granted so much`;
      findings.push({ commit: tip, what });
    }
  }
  return findings;
}

async function wrongDigests(
  { repository, sha256 }: Tools,
  evidence: ReadonlyMap<string, string>,
): Promise<{ readonly checked: number; readonly findings: readonly string[] }> {
  const findings: string[] = [];
  const records = [...evidence].filter(([path]) => path.endsWith('/run.json'));
  let checked = 0;
  for (let start = 0; start < records.length; start += BATCH) {
    const part = records.slice(start, start + BATCH);
    const texts = await repository.blobs(part.map(([, blob]) => blob as BlobId));
    const wanted = part.flatMap(([path, blob]) => {
      const claims = digestsIn(texts.get(blob as BlobId) ?? null);
      if (claims === null) findings.push(`${path} cannot be read`);
      return (claims ?? []).map(({ log, digest }) => ({ path: `${path.slice(0, -'run.json'.length)}${log}`, digest }));
    });
    const blobs = wanted.flatMap(({ path }) => (evidence.get(path) as BlobId | undefined) ?? []);
    const logs = await repository.blobs(blobs);
    for (const { path, digest } of wanted) {
      checked += 1;
      const bytes = logs.get((evidence.get(path) ?? '') as BlobId);
      if (bytes == null) findings.push(`${path} is named by its run, and is not there`);
      else if (`sha256:${sha256(bytes)}` !== digest) findings.push(`${path} is not what its run says`);
    }
  }
  return { checked, findings };
}

const BATCH = 500;

/** The logs and transcripts that a run's record names; null where it is no such record. */
function digestsIn(bytes: Uint8Array | null): readonly { readonly log: string; readonly digest: string }[] | null {
  const value = parseJson(Buffer.from(bytes ?? '').toString('utf8')) as { steps?: unknown } | null;
  if (!Array.isArray(value?.steps)) return null;
  return value.steps.flatMap((step: Readonly<Record<string, unknown>> | null) =>
    [
      [step?.['log'], step?.['logDigest']],
      [step?.['transcript'], step?.['transcriptDigest']],
    ].flatMap(([log, digest]) => (typeof log === 'string' && typeof digest === 'string' ? [{ log, digest }] : [])),
  );
}

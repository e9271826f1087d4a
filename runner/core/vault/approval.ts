import type { OrderRecord, Policy, VaultRequest } from '../../generated/types.js';
import type { Failure } from '../failure.js';
import { asOnForge, sameLogin, type ForgeSays, type ForgeWord } from './forge-word.js';
import { badAnswer, requestPath } from './request.js';

type Approver = NonNullable<Policy['approvers']>[number];

interface Named {
  readonly name: string;
  readonly email: string;
}

/** What a commit's SSH signature says, by the keys of the policy's approvers. */
export type Signature =
  | { readonly is: 'good'; readonly by: string }
  | { readonly is: 'none' }
  | { readonly is: 'unknown' }
  | { readonly is: 'bad'; readonly why: string };

/** The commit on the ops branch that put a request among the approved ones, seen from its first parent. */
export interface ApprovalCommit {
  readonly commit: string;
  readonly author: Named;
  readonly committer: Named;
  readonly changes: readonly { readonly path: string; readonly kind: string }[];
  /** The request's file is byte for byte what was asked. */
  readonly asAsked: boolean;
  readonly signature: Signature;
  /** What the forge says of it, where the policy asks it. */
  readonly forge?: ForgeSays;
}

/** Null: nobody can tell now. */
export type Judgement =
  | { readonly counts: true; readonly by: string; readonly forge?: ForgeWord }
  | { readonly counts: false; readonly why: string }
  | { readonly counts: null; readonly why: string; readonly failure: Failure };

const no = (why: string): Judgement => ({ counts: false, why });

/**
 * Whether a commit is somebody's approval of a request. It has to do exactly that and nothing beside it, by an approver whom the policy's way of
 * telling people knows, who is not the runner, nor whoever asked for the work, and who has not approved it already.
 */
export function judge(
  request: VaultRequest,
  { commit, author, committer, changes, asAsked, signature, forge }: ApprovalCommit,
  record: Pick<OrderRecord, 'accepted'>,
  policy: Policy,
  runner: Named,
): Judgement {
  const approve = `pushpals vault approve ${request.id}`;
  const move = new Set([requestPath('pending', request.id), requestPath('approved', request.id)]);
  const other = changes.find(({ path }) => !move.has(path));
  if (other !== undefined)
    return no(`it changes ${other.path} as well, and an approval may move its request and nothing else`);
  if (changes.length !== move.size) return no('it does not move the request from pending to approved');
  if (!asAsked) return no('the request in it is not, byte for byte, the one that was asked');
  const bad = badAnswer(request, request.answer);
  if (bad !== null) return no(`${bad}: pushpals vault answer ${request.id} "…"`);
  const byForge = policy.verify === 'forge';
  if (byForge && forge?.is === 'unknown')
    return { counts: null, why: `the forge does not say who merged it (${forge.failure.why})`, failure: forge.failure };
  if (!byForge && sameEmail(author.email, runner.email) && sameEmail(committer.email, runner.email))
    return no(`it is the runner's own commit: merge the branch with \`git merge --no-ff\`, or use \`${approve}\``);
  const told = teller(policy, { author, committer, signature, forge, approve });
  if ('why' in told) return no(told.why);
  const { approver } = told;
  const groups = request.needs.from ?? [];
  if (groups.length > 0 && !(approver.groups ?? []).some((group) => groups.includes(group)))
    return no(`${approver.id} is in none of the groups ${groups.join(', ')}`);
  const authors = authorsOf(record);
  const own = [...(approver.emails ?? []), author.email, committer.email];
  if (own.some((email) => authors.some((each) => sameEmail(each, email))) || asksBy(approver, record))
    return no(`${approver.id} asked for the work, and nobody approves their own`);
  if ((request.approvals ?? []).some(({ by }) => by === approver.id))
    return no(`${approver.id} has approved it already; another person has to`);
  if ((request.approvals ?? []).some((each) => each.commit === commit))
    return no('that commit has been counted already');
  return { counts: true, by: approver.id, ...(byForge && forge?.is === 'merged' ? { forge: forge.word } : {}) };
}

/** Whether the work was asked for by a login of that approver's. */
const asksBy = ({ logins = {} }: Approver, { accepted }: Pick<OrderRecord, 'accepted'>): boolean =>
  Object.entries(logins).some(([kind, login]) =>
    [accepted.actor, accepted.onBehalfOf ?? ''].some((asker) =>
      sameLogin(asker, asOnForge(kind as ForgeWord['kind'], login)),
    ),
  );

function teller(
  { verify = 'signature', approvers = [] }: Policy,
  {
    author,
    committer,
    signature,
    forge,
    approve,
  }: Pick<ApprovalCommit, 'author' | 'committer' | 'signature'> & {
    readonly forge: ForgeSays | undefined;
    readonly approve: string;
  },
): { readonly approver: Approver } | { readonly why: string } {
  if (verify === 'forge') {
    if (forge?.is !== 'merged')
      return { why: forge?.is === 'not' ? forge.why : 'the policy says `verify: forge`, and no forge was asked' };
    const { kind, login } = forge.word;
    const approver = approvers.find(({ logins = {} }) => sameLogin(logins[kind] ?? '', login));
    return approver === undefined
      ? { why: `${login} merged it on ${kind}, and that is the login of no approver of the policy` }
      : { approver };
  }
  if (verify === 'identity') {
    const byEmail = (email: string): Approver | undefined =>
      approvers.find(({ emails }) => (emails ?? []).some((each) => sameEmail(each, email)));
    const [wrote, committed] = [byEmail(author.email), byEmail(committer.email)];
    if (wrote === undefined) return { why: `its author ${author.email} is no approver of the policy` };
    if (committed?.id !== wrote.id)
      return { why: `its author is ${wrote.id}, and its committer ${committer.email} is somebody else` };
    return { approver: wrote };
  }
  switch (signature.is) {
    case 'none':
      return { why: `it is not signed, and the policy asks for signatures: use \`${approve}\`, or \`git merge -S\`` };
    case 'unknown':
      return { why: 'it is signed with a key that no approver of the policy has' };
    case 'bad':
      return { why: `its signature is not good: ${signature.why}` };
    case 'good': {
      const approver = approvers.find(({ id }) => id === signature.by);
      return approver === undefined ? { why: `${signature.by} is no approver of the policy` } : { approver };
    }
  }
}

/** The e-mail addresses of those who asked for the work. */
export function authorsOf({ accepted }: Pick<OrderRecord, 'accepted'>): readonly string[] {
  return [accepted.actor, accepted.onBehalfOf ?? ''].flatMap((text) => /<([^<>]*)>\s*$/.exec(text)?.[1] ?? []);
}

const sameEmail = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Who could approve, and whether their approvals can be checked here. */
export interface ApprovalFacts {
  readonly verify: 'signature' | 'forge' | 'identity';
  readonly approvers: number;
  /** Those who have a key. */
  readonly signers: number;
  /** There is an `ssh-keygen`, by which git checks signatures. */
  readonly canCheck: boolean;
}

/** What `doctor` says of approvals. */
export function approvalHealth({ verify, approvers, signers, canCheck }: ApprovalFacts): {
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly mend?: string;
} {
  const mend = 'Name approvers in policy/policy.yml, with their e-mail addresses and SSH public keys, and commit it.';
  if (verify === 'forge')
    return {
      state: 'warn',
      found: '`verify: forge` is not built yet, so nobody can approve',
      mend: 'Say `verify: signature` in policy/policy.yml.',
    };
  const able = verify === 'signature' ? signers : approvers;
  if (able === 0) return { state: 'warn', found: 'nobody can approve: what is not `low` waits', mend };
  const found = `${String(able)} ${able === 1 ? 'person' : 'people'} can approve, by ${verify}`;
  if (verify === 'signature' && !canCheck)
    return {
      state: 'fail',
      found: 'no ssh-keygen, so no signature can be checked',
      mend: 'sudo apt-get install openssh-client',
    };
  return { state: 'ok', found };
}

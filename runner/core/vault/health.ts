/** Who could approve, and whether their approvals can be checked here. */
export interface ApprovalFacts {
  readonly verify: 'signature' | 'forge' | 'identity';
  readonly approvers: number;
  /** Those who have a key. */
  readonly signers: number;
  /** The project's forge, and those who have a login there. */
  readonly forge: { readonly kind: string; readonly logins: number; readonly hasRemote: boolean } | null;
  /** There is an `ssh-keygen`, by which git checks signatures. */
  readonly canCheck: boolean;
}

/** What `doctor` says of approvals. */
export function approvalHealth({ verify, approvers, signers, forge, canCheck }: ApprovalFacts): {
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly mend?: string;
} {
  const mend =
    verify === 'forge'
      ? `Name approvers in policy/policy.yml, with their \`logins\` on ${forge?.kind ?? 'the forge'}, and commit it.`
      : 'Name approvers in policy/policy.yml, with their e-mail addresses and SSH public keys, and commit it.';
  if (verify === 'forge' && (forge === null || !forge.hasRemote))
    return {
      state: 'fail',
      found: `\`verify: forge\`, and pushpals.yml names no ${forge === null ? '`forge`' : '`ops.remote`'}: nobody can approve`,
      mend: 'Name `forge` and `ops.remote` in pushpals.yml, or say `verify: signature` in policy/policy.yml.',
    };
  const able = { signature: signers, forge: forge?.logins ?? 0, identity: approvers }[verify];
  if (able === 0) return { state: 'warn', found: 'nobody can approve: what is not `low` waits', mend };
  const found = `${String(able)} ${able === 1 ? 'person' : 'people'} can approve, ${verify === 'forge' ? `by merging on ${forge?.kind ?? ''}` : `by ${verify}`}`;
  if (verify === 'signature' && !canCheck)
    return {
      state: 'fail',
      found: 'no ssh-keygen, so no signature can be checked',
      mend: 'sudo apt-get install openssh-client',
    };
  return { state: 'ok', found };
}

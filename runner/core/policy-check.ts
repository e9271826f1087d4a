import type { Policy, PolicyRule, Project } from '../generated/types.js';
import { hostFaults, overlap } from './egress.js';
import type { Fault } from './fault.js';
import { tierFaults } from './forge/check.js';
import { nearest } from './nearest.js';

const CONDITIONS = ['formula', 'paths', 'only-paths', 'when'] as const;

/**
 * What is wrong with a policy of the right shape. `checkCel` says what is wrong with an expression; null if nothing is. `project`: the one that it is of; null where that is
 * not to be looked at.
 */
export function checkPolicy(
  policy: Policy,
  checkCel: (expression: string) => string | null,
  project: Project | null = null,
): Fault[] {
  return [
    ...ruleFaults('rules', policy.rules ?? [], new Set(), checkCel),
    ...ruleFaults('deny', policy.deny ?? [], new Set((policy.rules ?? []).map(({ id }) => id)), checkCel),
    ...approvalFaults(policy),
    ...tierFaults(policy, project),
    ...approverFaults(policy),
    ...networkFaults(policy),
    ...(policy.routes ?? []).flatMap(({ when }, index) => celFault(when, ['routes', index, 'when'], checkCel)),
  ];
}

function networkFaults({ network: { allow = 'none', private: open = [] } = {} }: Policy): Fault[] {
  const path = ['network', 'private'];
  const idle = open.flatMap((text, index): Fault[] =>
    allow === 'full' || (allow !== 'none' && allow.some((host) => overlap(host, text)))
      ? []
      : [
          {
            path: [...path, index],
            message: `no step may reach \`${text}\`, so it makes no difference whether its address is private`,
            hint: `Add \`${text}\` to \`network.allow\` as well.`,
          },
        ],
  );
  return [...hostFaults(allow, ['network', 'allow']), ...hostFaults(open, path), ...idle];
}

/** Ids are unique over `rules` and `deny`, because a decision names them. */
function ruleFaults(
  list: 'rules' | 'deny',
  rules: readonly PolicyRule[],
  taken: Set<string>,
  checkCel: (expression: string) => string | null,
): Fault[] {
  return rules.flatMap((rule, index): Fault[] => {
    const path = [list, index];
    const found: Fault[] = [];
    if (taken.has(rule.id))
      found.push({
        path: [...path, 'id'],
        message: `another rule is called \`${rule.id}\``,
        hint: 'Give each rule a name of its own: decisions are explained by it.',
      });
    taken.add(rule.id);
    if (CONDITIONS.every((key) => rule[key] === undefined)) {
      const effect = list === 'deny' ? 'it would deny every change' : 'it would match every order';
      found.push({
        path,
        message: `rule \`${rule.id}\` has no condition, so ${effect}`,
        hint: `Add one of ${CONDITIONS.join(', ')}${list === 'deny' ? '' : '; for the rest, there is `default`'}.`,
      });
    }
    for (const key of ['paths', 'only-paths'] as const) {
      if (rule[key]?.length === 0)
        found.push({
          path: [...path, key],
          message: `rule \`${rule.id}\` lists no path, so it never matches a change`,
        });
    }
    if (list === 'deny' && rule.tier !== undefined)
      found.push({
        path: [...path, 'tier'],
        message: '`tier` has no effect under `deny`: nothing that matches ships',
        hint: 'Remove `tier`, or move the rule to `rules`.',
      });
    return [...found, ...(rule.when === undefined ? [] : celFault(rule.when, [...path, 'when'], checkCel))];
  });
}

function celFault(expression: string, path: Fault['path'], checkCel: (expression: string) => string | null): Fault[] {
  const wrong = checkCel(expression);
  return wrong === null ? [] : [{ path, message: `not a CEL expression that can be evaluated: ${wrong}` }];
}

/** A tier that waits for people who do not exist would wait for ever. */
function approvalFaults(policy: Policy): Fault[] {
  const groups = [...new Set((policy.approvers ?? []).flatMap((approver) => approver.groups ?? []))];
  return Object.entries(policy.tiers ?? {}).flatMap(([name, tier]) => {
    const path = ['tiers', name];
    const unknown = (tier.from ?? []).flatMap((group, index): Fault[] => {
      if (groups.includes(group)) return [];
      const near = nearest(group, groups);
      const hint = near === null ? 'Add the group to an approver.' : `Did you mean \`${near}\`?`;
      return [{ path: [...path, 'from', index], message: `no approver is in the group \`${group}\``, hint }];
    });
    if (unknown.length > 0 || tier.approvals === undefined) return unknown;
    const able = (policy.approvers ?? []).filter(
      ({ groups: own }) => tier.from === undefined || (own ?? []).some((group) => tier.from?.includes(group)),
    );
    if (tier.approvals <= able.length) return [];
    return [
      {
        path: [...path, 'approvals'],
        message: `${String(tier.approvals)} must approve, and only ${String(able.length)} can`,
        hint: 'Add approvers, or ask for fewer.',
      },
    ];
  });
}

function approverFaults(policy: Policy): Fault[] {
  const ids = (policy.approvers ?? []).map(({ id }) => id);
  const keys = (policy.approvers ?? []).flatMap(({ keys: own = [] }, index) =>
    own.map((key, place) => ({ path: ['approvers', index, 'keys', place], key })),
  );
  const material = ({ key }: { readonly key: string }): string => key.split(/\s+/)[1] ?? '';
  const bad = keys.flatMap(({ path, key }, index): Fault[] => {
    if (!SSH_KEY.test(key))
      return [
        {
          path,
          message: 'not an SSH public key',
          hint: 'Take the one line of a `.pub` file, such as `ssh-ed25519 AAAA…`.',
        },
      ];
    const isTaken = keys.findIndex((other) => material(other) === material({ key })) !== index;
    return isTaken ? [{ path, message: 'the key is listed before', hint: 'A signature has to tell who made it.' }] : [];
  });
  const nameless = (policy.approvers ?? []).flatMap(({ id, emails = [] }, index): Fault[] =>
    emails.length > 0
      ? []
      : [
          {
            path: ['approvers', index],
            message: `approver \`${id}\` has no e-mail address, so nobody could tell whether they approve their own work`,
            hint: 'Add `emails`: those that their commits have.',
          },
        ],
  );
  return [...bad, ...nameless, ...sameIds(ids)];
}

/** The kinds of keys that git takes for signatures, with nothing before or beside them. */
const SSH_KEY =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+=*( [^\r\n]*)?$/;

function sameIds(ids: readonly string[]): Fault[] {
  return ids.flatMap((id, index): Fault[] =>
    ids.indexOf(id) === index
      ? []
      : [{ path: ['approvers', index, 'id'], message: `another approver is called \`${id}\`` }],
  );
}

import type { Failure } from '../failure.js';

type ForgeUnavailable = Extract<Failure, { class: 'forge-unavailable' }>;

/** What to do about a forge that did not do what it was asked for. */
export function forgeMend({ problem, retryAt }: Pick<ForgeUnavailable, 'problem' | 'retryAt'>): string {
  switch (problem) {
    case 'unreachable':
      return 'It is asked again by itself. See whether it is up, and `forge.baseUrl` in pushpals.yml.';
    case 'rate-limited':
      return `It is asked again ${retryAt === undefined ? 'by itself' : `at ${retryAt}`}. A token of the runner’s own has a limit of its own.`;
    case 'no-token':
      return 'Put a token where `forge.token` in pushpals.yml says; without that, it is the runner’s variable PUSHPALS_FORGE_TOKEN.';
    case 'forbidden':
      return 'Give the runner a token that may do this: `pushpals doctor` says what the present one lacks.';
    case 'not-found':
      return 'See `forge.repo` in pushpals.yml. A forge also says so of what a token may not see.';
    case 'refused':
      return 'Look at it on the forge: the rules of the branch, or what became of it meanwhile, are against it.';
    case 'unexpected':
      return 'See whether `forge.kind` and `forge.baseUrl` in pushpals.yml are right.';
  }
}

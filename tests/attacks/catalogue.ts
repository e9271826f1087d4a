import { readdirSync } from 'node:fs';
import type { DriverName } from '../../runner/app/ports/sandbox.js';
import { DRIVERS, type Attack, type Exception } from './attack.js';

export interface Point {
  /** In the words of SECURITY.md. */
  readonly holds: string;
  /** Tests that show more of it than the attacks do. */
  readonly alsoBy: readonly string[];
}

/** The twelve points that must hold; a folder of attacks each. */
export const POINTS: Readonly<Record<string, Point>> = {
  '01-host': { holds: 'The host runs nothing that a step wrote', alsoBy: ['adapters/workspace/workspaces.test.ts'] },
  '02-bounds': {
    holds: 'The host reads and writes only inside the run',
    alsoBy: ['adapters/workspace/workspaces.test.ts', 'adapters/run-files.test.ts', 'adapters/inbox.test.ts'],
  },
  '03-sandbox': {
    holds: 'The sandbox holds',
    alsoBy: ['contracts/sandbox-isolation.ts', 'contracts/sandbox.ts', 'adapters/sandbox/docker.test.ts'],
  },
  '04-egress': {
    holds: 'Only listed hosts can be reached',
    alsoBy: ['cli/network.test.ts', 'adapters/egress/proxy.test.ts'],
  },
  '05-secrets': {
    holds: 'Secrets stay secret',
    alsoBy: ['cli/secrets.test.ts', 'core/secrets/masker.test.ts', 'adapters/machine-secrets.test.ts'],
  },
  '06-approvals': {
    holds: 'Nobody approves themselves, and nothing is approved but what was asked',
    alsoBy: ['cli/vault-approvals.test.ts', 'cli/vault.test.ts', 'core/vault.test.ts'],
  },
  '07-rules': {
    holds: 'The rules cannot be changed from below',
    alsoBy: ['cli/policy.test.ts', 'core/policy.test.ts'],
  },
  '08-text': { holds: 'Text is data', alsoBy: ['core/text.test.ts', 'cli/terminal.test.ts', 'cli/review.test.ts'] },
  '09-input': { holds: 'Bad input is answered', alsoBy: ['adapters/yaml.test.ts', 'adapters/order-file.test.ts'] },
  '10-listeners': { holds: 'Nothing listens', alsoBy: [] },
  '11-claims': {
    holds: 'Nothing is claimed that is not so',
    alsoBy: ['cli/sandbox-missing.test.ts', 'cli/doctor.test.ts'],
  },
  '12-history': { holds: 'History can be checked', alsoBy: ['cli/audit.test.ts', 'simulation/simulation.test.ts'] },
};

export interface Entry {
  /** The folder, as a key of `POINTS`. */
  readonly point: string;
  /** The file below `tests/attacks/`, without its ending. */
  readonly name: string;
  readonly attack: Attack;
}

/** Every attack there is, by point and name. Works in the project’s folder only: a file that nobody listed is found as well. */
export async function catalogue(): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for (const point of Object.keys(POINTS)) {
    for (const file of readdirSync(`tests/attacks/${point}`).sort()) {
      const name = file.replace(/\.ts$/, '');
      const { attack } = (await import(`./${point}/${name}.ts`)) as { attack: Attack };
      found.push({ point, name: `${point}/${name}`, attack });
    }
  }
  return found;
}

/** What is declared of a driver; null if the attack must not succeed there. */
export function exception({ except = {} }: Attack, driver: DriverName): Exception | null {
  return except[driver] ?? null;
}

/** The table of all attacks, and a line for each point, as Markdown. */
export async function documents(): Promise<{ readonly table: string; readonly coverage: string }> {
  const entries = await catalogue();
  const cell = (attack: Attack, driver: DriverName): string => {
    const declared = exception(attack, driver);
    if (declared === null) return 'held';
    return 'succeeds' in declared ? `**succeeds**: ${declared.succeeds}` : `n/a: ${declared.notApplicable}`;
  };
  const ofPoint = (point: string): readonly Entry[] => entries.filter((entry) => entry.point === point);
  const rows = Object.entries(POINTS).flatMap(([point, { holds }]) => [
    `| **${holds}** ${DRIVERS.map(() => '| ').join('')}|`,
    ...ofPoint(point).map(
      ({ attack }) => `| ${attack.title} | ${DRIVERS.map((driver) => cell(attack, driver)).join(' | ')} |`,
    ),
  ]);
  const header = [`| what the attacker does | ${DRIVERS.join(' | ')} |`, `|---|${DRIVERS.map(() => '---|').join('')}`];
  const coverage = Object.entries(POINTS).map(([point, { holds, alsoBy }], index) => {
    const tests = [
      `\`tests/attacks/${point}\` (${String(ofPoint(point).length)})`,
      ...alsoBy.map((name) => `\`tests/${name}\``),
    ];
    return `${String(index + 1)}. ${holds}: ${tests.join(', ')}`;
  });
  return { table: [...header, ...rows].join('\n'), coverage: coverage.join('\n') };
}

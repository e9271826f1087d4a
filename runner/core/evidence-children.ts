import type { Child } from './awaited.js';
import type { Statuses } from './graph.js';
import { plainText } from './template.js';

/** What the reports of orders say that a run waited for, by order: lines of two of their sections. */
export type ChildReports = ReadonlyMap<
  string,
  { readonly risks: readonly string[]; readonly followUps: readonly string[] }
>;

const MOST_LINES = 20;
const LINE_LENGTH = 500;

/** The list under a heading of a completion report, bounded: it comes from the ops branch, where others write as well. */
export function listUnder(report: string, heading: string): readonly string[] {
  const lines = report.split('\n');
  const start = lines.indexOf(`## ${heading}`);
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  const items = rest.slice(0, end === -1 ? undefined : end).filter((line) => line.startsWith('- '));
  return items.slice(0, MOST_LINES).map((line) => line.slice(0, LINE_LENGTH));
}

/** The orders that steps of a run waited for, as their outputs say it. */
export function childrenOf(statuses: Statuses): readonly Child[] {
  return Object.values(statuses).flatMap((status) => {
    if (status.state !== 'succeeded' && status.state !== 'failed') return [];
    const { outputs } = status;
    if (outputs === null || typeof outputs !== 'object' || !('orders' in outputs)) return [];
    return Array.isArray(outputs.orders) ? outputs.orders.filter(isChild) : [];
  });
}

const isChild = (value: unknown): value is Child =>
  value !== null &&
  typeof value === 'object' &&
  'id' in value &&
  typeof value.id === 'string' &&
  'state' in value &&
  typeof value.state === 'string';

/** Each order that a run waits for, or waited for, with what it came to. */
export function childLines(statuses: Statuses, depth: number): readonly string[] {
  const waits = Object.values(statuses).flatMap((status) => (status.state === 'waiting' ? status.orders : []));
  return [
    ...waits.map((id) => `- ${code(id)} has not ended yet.`),
    ...childrenOf(statuses).map(({ id, state, outcome, branch, commit, why, evidence }) => {
      const shipped = branch === undefined ? '' : `, on branch ${code(branch)} at ${code((commit ?? '').slice(0, 12))}`;
      const reason = why === undefined ? '' : ` (${plainText(why)})`;
      const link =
        evidence !== undefined && isFolder(evidence) ? ` ([report](${'../'.repeat(depth)}${evidence}/report.md))` : '';
      return `- ${code(id)}: ${plainText(outcome ?? state)}${reason}${shipped}${link}`;
    }),
  ];
}

/** Lines of the orders' own reports, each named. */
export const childNotes = (reports: ChildReports, what: 'risks' | 'followUps'): readonly string[] =>
  [...reports].flatMap(([id, report]) => report[what].map((line) => `- ${code(id)}: ${line.slice(2)}`));

const isFolder = (path: string): boolean => /^evidence\/\d{4}\/\d{2}\/\d{2}\/[a-z0-9-]+$/.test(path);
const code = (text: string): string => `\`${plainText(text).replaceAll('`', "'")}\``;

import type { VaultRequest } from '../../generated/types.js';
import { epochMs, type Instant } from '../../core/ids.js';
import { span } from '../../core/span.js';
import type { RequestState } from '../../core/vault/request.js';
import { printable, type Paint } from '../output.js';

const TIER = { low: 'good', medium: 'wait', high: 'bad' } as const;

/** How long ago, for lists. */
export const ago = (at: string, now: Instant): string => `${span(epochMs(now) - epochMs(at as Instant))} ago`;

/** Everything that somebody needs who is to say yes or no. */
export function requestScreen(
  { state, request }: { readonly state: RequestState; readonly request: VaultRequest },
  now: Instant,
  paint: Paint,
): readonly string[] {
  const { id, kind, tier, asks, reasons, subject, needs, approvals = [], refused = [], end } = request;
  const list = (title: string, lines: readonly string[] | undefined): readonly string[] =>
    lines === undefined || lines.length === 0
      ? []
      : ['', paint('strong', title), ...lines.map((line) => `  ${printable(line)}`)];
  const from = needs.from === undefined ? 'any approver' : needs.from.join(' or ');
  const words = end === undefined ? `${state}, asked ${ago(request.at, now)}` : `${state}: ${end.outcome} at ${end.at}`;
  return [
    `${paint('strong', id)}  ${kind}, ${paint(TIER[tier], tier)}  ${words}`,
    printable(asks.what),
    ...list('Goal', [asks.why]),
    ...list(
      'Why this tier',
      reasons.map((reason) => `${reason.rule} (${reason.tier}): ${reason.because}`),
    ),
    ...list('Steps', asks.plan),
    ...list('May write', asks.scope),
    ...list('Changes', asks.changes),
    ...list('Risk notes', asks.risks),
    ...list('After approval', [asks.then]),
    ...list('Rollback', [asks.rollback]),
    ...list('Answer', request.answer === undefined ? undefined : [request.answer]),
    ...list('Needs', [
      `${String(needs.approvals)} of ${from}; ${String(approvals.length)} so far`,
      ...approvals.map(({ by, at }) => `approved by ${by} at ${at}`),
      ...refused.map(({ at, why }) => `refused at ${at}: ${why}`),
    ]),
    ...list(
      'Subject',
      Object.entries(subject).map(([part, value]) => `${part.padEnd(8)} ${String(value)}`),
    ),
    ...(end?.reason === undefined ? [] : list('Ended', [`${end.reason}${end.by === undefined ? '' : ` (${end.by})`}`])),
    ...(state === 'pending'
      ? [
          '',
          `until ${request.expires}`,
          ...(kind === 'task' || kind === 'question'
            ? [`  → pushpals vault answer ${id} ${request.answers?.join('|') ?? '"what was done"'}`]
            : [`  → pushpals vault approve ${id}    (or: git -C ops merge --no-ff vault/${id})`]),
          `  → pushpals vault reject ${id} --reason "…"`,
        ]
      : []),
  ];
}

export interface TriggerFacts {
  /** Triggers that the project declares, and which of them are suspended; null where it cannot be asked. */
  readonly triggers: { readonly declared: number; readonly suspended: readonly string[] } | null;
}

/** Whether the triggers count; null where there are none. */
export function triggerHealth({ triggers }: TriggerFacts): {
  readonly state: 'ok' | 'warn';
  readonly found: string;
  readonly mend?: string;
} | null {
  if (triggers === null || triggers.declared === 0) return null;
  const { declared, suspended } = triggers;
  const [first] = suspended;
  if (first === undefined) return { state: 'ok', found: `${String(declared)} ${declared === 1 ? 'counts' : 'count'}` };
  return {
    state: 'warn',
    found: `${suspended.join(', ')} ${suspended.length === 1 ? 'is' : 'are'} suspended: too many orders in a row failed`,
    mend: `See why with \`pushpals trigger list\`, mend it, then: pushpals trigger resume ${first}`,
  };
}

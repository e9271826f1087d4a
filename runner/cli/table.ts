import width from 'fast-string-width';

/** At most `columns` of a terminal, the cut marked; wide and combining characters count as they are drawn. */
export function cut(text: string, columns: number): string {
  if (!Number.isFinite(columns) || width(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += width(segment);
    if (used > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Columns set apart by two spaces, the last one cut to the terminal's. Cells hold one line each. */
export function table(rows: readonly (readonly string[])[], columns: number): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
  return rows.map((row) => {
    const line = row
      .map((cell, index) => cell + ' '.repeat(index === count - 1 ? 0 : (widths[index] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd();
    return cut(line, columns);
  });
}

import stringWidth from 'string-width';

/** At most `width` columns of a terminal, the cut marked; wide and combining characters count as they are drawn. */
export function cut(text: string, width: number): string {
  if (!Number.isFinite(width) || stringWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Columns set apart by two spaces, the last one cut to the width. Cells hold one line each. */
export function table(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => stringWidth(row[index] ?? ''))),
  );
  return rows.map((row) => {
    const line = row
      .map((cell, index) => cell + ' '.repeat(index === columns - 1 ? 0 : (widths[index] ?? 0) - stringWidth(cell)))
      .join('  ')
      .trimEnd();
    return cut(line, width);
  });
}

/** The text with a mask for each of these places. */
export function without(text: string, places: readonly { readonly start: number; readonly end: number }[]): string {
  let [kept, at] = ['', 0];
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    kept += `${text.slice(at, Math.max(at, start))}***`;
    at = end;
  }
  return kept + text.slice(at);
}

/** Every text in a value, and the whole of it. */
export function textsIn(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const texts = [typeof value === 'string' ? value : JSON.stringify(value)];
  const walk = (each: unknown): void => {
    if (Array.isArray(each)) each.forEach(walk);
    else if (each !== null && typeof each === 'object')
      for (const [key, part] of Object.entries(each)) {
        texts.push(key);
        walk(part);
      }
    else if (typeof each === 'string') texts.push(each);
  };
  if (typeof value === 'object') walk(value);
  return [...new Set(texts)];
}

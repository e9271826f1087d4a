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

/** Many short texts as one, since each look at a text takes a while, with whose text an offset in it lies in, and where. */
export function joined(texts: readonly string[]): {
  readonly text: string;
  readonly placeOf: (offset: number) => { readonly index: number; readonly offset: number };
} {
  const starts: number[] = [];
  let length = 0;
  for (const text of texts) {
    starts.push(length);
    length += text.length + 1;
  }
  const placeOf = (offset: number): { index: number; offset: number } => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { index: low, offset: offset - (starts[low] ?? 0) };
  };
  return { text: texts.join('\n'), placeOf };
}

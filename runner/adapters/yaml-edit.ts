import { isMap, isScalar, parseDocument, stringify } from 'yaml';

/**
 * A YAML file with an entry more in a mapping at its top; everything else stays as it is written, to the byte, unless the mapping is written in braces. The entry must not be
 * there yet.
 */
export function withEntry(text: string, key: string, name: string, value: unknown): string {
  const line = `${name}: ${stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()}`;
  const document = parseDocument(text);
  const found = document.get(key, true);
  if (found === undefined) {
    const end = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${end}${key}:\n  ${line}\n`;
  }
  const first = isMap(found) && found.flow !== true ? found.items[0]?.key : undefined;
  if (isScalar(first) && first.range != null) {
    const start = text.lastIndexOf('\n', first.range[0] - 1) + 1;
    const indent = text.slice(start, first.range[0]);
    if (indent.trim() === '') return `${text.slice(0, start)}${indent}${line}\n${text.slice(start)}`;
  }
  document.setIn([key, name], value);
  return document.toString({ lineWidth: 0 });
}

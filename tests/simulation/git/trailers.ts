/** The trailers of a commit message: the lines `Key: value` of its last paragraph. */
export function trailersOf(message: string): readonly (readonly [key: string, value: string])[] {
  const last =
    message
      .trimEnd()
      .split(/\n{2,}/)
      .at(-1) ?? '';
  return last.split('\n').flatMap((line): [string, string][] => {
    const [, key, value] = /^([A-Za-z-]+): (.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
}

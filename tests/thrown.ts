/** What a call throws, as the error of a system call; undefined if it does not. */
export function thrownBy(call: () => void): NodeJS.ErrnoException | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  return undefined;
}

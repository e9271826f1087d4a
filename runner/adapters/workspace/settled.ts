/** Waits for a promise either way, and hands its end on: of two at once, none is left running. */
export async function settled<T>(promise: Promise<T>): Promise<() => T> {
  try {
    const value = await promise;
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Waits until a condition holds; fails after 30 seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    if (await holds()) return;
    await new Promise((go) => setTimeout(go, 20));
  }
  throw new Error(`it did not come to this in time: ${what}`);
}

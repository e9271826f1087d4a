import { forgeFaultOf } from './forge-fault.js';

/** So many pages may be too long before the list as a whole is. */
const MOST_LONG = 30;

export interface Page<T> {
  readonly entries: readonly T[];
  readonly hasNext: boolean;
}

/**
 * The entries of a list, page by page. Where what people wrote makes a page longer than is read, the same entries are asked for in smaller ones; one that is too long by itself is
 * left out. `size`: of a page; it divides by tens.
 */
export async function inPages<T>(
  { size: full, most }: { readonly size: number; readonly most: number },
  ask: (size: number, page: number) => Promise<Page<T>>,
  isEnough: (found: readonly T[]) => boolean = () => false,
): Promise<readonly T[]> {
  const found: T[] = [];
  let size = full;
  let long = 0;
  for (let offset = 0; offset < most;) {
    try {
      const { entries, hasNext } = await ask(size, offset / size + 1);
      found.push(...entries);
      if (!hasNext || isEnough(found)) break;
    } catch (error) {
      long += 1;
      if (forgeFaultOf(error)?.isTooLong !== true || long > MOST_LONG) throw error;
      if (size > 1) {
        size = smaller(size);
        continue;
      }
    }
    offset += size;
    size = [full, smaller(full), 1].find((each) => offset % each === 0) ?? 1;
  }
  return found;
}

export const smaller = (size: number): number => Math.max(1, Math.floor(size / 10));

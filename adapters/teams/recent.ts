import type { Clock } from "../../src/clock.ts";

const KEEP_MS = 10 * 60_000;
const MOST = 1_000;

/** Gives a repeated request the answer of the first: the same key within 10 minutes runs `make` once (1,000 keys kept). */
export function createRecent<Value>(
  clock: Pick<Clock, "now">,
): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const made = new Map<string, { at: number; value: Promise<Value> }>();
  return (key, make) => {
    const known = made.get(key);
    if (known && clock.now() - known.at < KEEP_MS) return known.value;
    const value = make();
    made.delete(key);
    made.set(key, { at: clock.now(), value });
    const oldest = made.keys().next();
    if (made.size > MOST && !oldest.done) made.delete(oldest.value);
    return value;
  };
}

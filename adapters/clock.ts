import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../src/clock.ts";

/** The real time. A sleeping clock keeps the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}).catch(() => {}),
};

import { expect, test } from "vitest";
import { type Findings, killLoop } from "../state/kill-loop.ts";

const seed = Date.now() % 100_000;

/** The test of the short test in test/state/kill.test.ts: each broken promise must be noticed within 50 kills. */
const mutants: [mutant: string, sees: (found: Findings) => number][] = [
  ["no-look", (found) => found.doubledAnswers.length],
  ["call-again", (found) => found.doubledCalls.length],
  ["no-recovery", (found) => found.lostAnswers.length + found.lostEvents.length],
  ["ack-first", (found) => found.lostEvents.length],
];
test.each(mutants)("the mutant %s is noticed", async (mutant, sees) => {
  let seen = 0;
  for (const kills of [10, 20, 20]) {
    seen += sees(await killLoop({ kills, seed: seed + kills, mutant }));
    if (seen > 0) break;
  }
  expect(seen, `seed ${seed}`).toBeGreaterThan(0);
});

import { expect, test } from "vitest";
import { type Findings, killLoop } from "../state/kill-loop.ts";

const seed = Date.now() % 100_000;

test("500 kills lose and double nothing", async () => {
  const { acknowledged, ...findings } = await killLoop({ kills: 500, seed });
  expect(acknowledged).toBeGreaterThan(500);
  expect(findings, `seed ${seed}`).toEqual({
    lostEvents: [],
    doubledEvents: [],
    lostAnswers: [],
    doubledAnswers: [],
    doubledCalls: [],
    unfinished: 0,
    integrity: "ok",
  });
});

/** The test of the test: each broken promise must be noticed within 50 kills. */
const mutants: [mutant: string, sees: (found: Findings) => number][] = [
  ["no-look", (found) => found.doubledAnswers.length],
  ["call-again", (found) => found.doubledCalls.length],
  ["no-recovery", (found) => found.lostAnswers.length + found.lostEvents.length],
  ["ack-first", (found) => found.lostEvents.length],
];
test.each(mutants)("the mutant %s is noticed", async (mutant, sees) => {
  const found = await killLoop({ kills: 50, seed, mutant });
  expect(sees(found), `seed ${seed}`).toBeGreaterThan(0);
});

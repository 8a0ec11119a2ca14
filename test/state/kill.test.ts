import { expect, test } from "vitest";
import { killLoop } from "./kill-loop.ts";

test("a process that is killed at any moment loses and doubles nothing", {
  timeout: 120_000,
}, async () => {
  const seed = Date.now() % 100_000;
  const { acknowledged, ...findings } = await killLoop({ kills: 8, seed });
  expect(acknowledged).toBeGreaterThan(8);
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

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { noPostgres, startPostgres } from "../state/postgres-server.ts";
import { type ProcessFindings, processKills } from "./process-kills.ts";

/** How often each database's test kills; both run side by side and start a process for each. */
const KILLS = Number(process.env.KILLS ?? 40);
const LIMIT_MS = KILLS * 20_000;

const seed = Date.now() % 100_000;
const missing = noPostgres();

function newFile(): string {
  return `sqlite:${join(mkdtempSync(join(tmpdir(), "hexdesk-process-")), "hexdesk.db")}`;
}

function expectKept({ asked, clicked, ...findings }: ProcessFindings): void {
  expect(asked).toBeGreaterThan(KILLS);
  expect(clicked).toBeGreaterThan(KILLS);
  expect(findings, `seed ${seed}`).toEqual({
    lostAnswers: [],
    doubledAnswers: [],
    lostCases: [],
    lostClicks: [],
    doubledClicks: [],
    unfinished: 0,
  });
}

describe.concurrent("kills of the real process under load lose and double nothing", () => {
  test(`${KILLS} on SQLite`, { timeout: LIMIT_MS }, async () => {
    expectKept(await processKills({ kills: KILLS, seed, database: newFile(), instances: 1 }));
  });

  test.skipIf(missing)(
    `${KILLS} on PostgreSQL with two instances${missing ? `: ${missing}` : ""}`,
    { timeout: LIMIT_MS },
    async () => {
      const server = await startPostgres();
      try {
        const database = await server.database();
        expectKept(await processKills({ kills: KILLS, seed, database, instances: 2 }));
      } finally {
        await server.stop();
      }
    },
  );
});

describe.concurrent("the harness notices", () => {
  const spoilt = { kills: 12, seed, instances: 1, patienceMs: 60_000 };

  test("answers that are posted again because nobody can look for them", async () => {
    const found = await processKills({ ...spoilt, database: newFile(), history: false });
    expect(found.doubledAnswers.length).toBeGreaterThan(0);
  });

  test("questions that were taken for stored before they were", async () => {
    const found = await processKills({ ...spoilt, database: newFile(), ackEarly: true });
    expect(found.lostAnswers.length).toBeGreaterThan(0);
  });
});

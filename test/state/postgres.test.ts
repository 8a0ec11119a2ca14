import { sql } from "kysely";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../adapters/clock.ts";
import { openState } from "../../adapters/state/open.ts";
import { openPostgresState } from "../../adapters/state/postgres.ts";
import type { Clock } from "../../src/clock.ts";
import { StateUnavailable } from "../../src/state-unavailable.ts";
import { aCase, claimId, nothing, place, post, question } from "../contract/state/fixtures.ts";
import { stateContract } from "../contract/state.ts";
import { noPostgres, type PostgresServer, startPostgres } from "./postgres-server.ts";

const log = { info: () => {}, warn: () => {}, error: () => {} };
const missing = noPostgres();

describe.skipIf(missing !== undefined)(`postgres${missing ? `: ${missing}` : ""}`, () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
  });

  const open = (url: string, clock: Clock = systemClock) => openPostgresState({ url, clock, log });

  stateContract(
    "postgres",
    async (clock) =>
      openPostgresState({
        url: await server.database(),
        clock: { now: () => clock.now, sleep: async () => {} },
        log,
        now: () => sql<number>`${clock.now}::bigint`,
      }),
    { alone: false },
  );

  test("several instances that start at once make the tables once", async () => {
    const url = await server.database();
    const instances = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const numbers = await Promise.all(instances.map((state) => state.nextCaseNumber()));
    expect(numbers.toSorted()).toEqual([1001, 1002, 1003, 1004]);
    for (const state of instances) await state.close();
  });

  test("of two instances that take clicks on one case exactly one wins, each time", async () => {
    const url = await server.database();
    const [one, two] = [await open(url), await open(url)];
    await one.receive(question("m0"));
    const first = (await one.claim("a", 60_000))?.message;
    if (!first) throw new Error("nothing to claim");
    await one.commit(first, { ...nothing(), case: aCase("HD-1001") });
    for (let version = 1; version <= 30; version += 1) {
      const clicks = ["a", "b"].map((by) => ({
        ...question(`m${version}${by}`),
        address: place(by),
      }));
      for (const click of clicks) await one.receive(click);
      const at = await one.findCase("HD-1001");
      if (!at) throw new Error("the case is gone");
      const commits = [one, two].map((state, i) => {
        const message = clicks[i] ?? first;
        const card = post(`card-${message.id}`);
        return state.commit(message, {
          ...nothing(),
          case: { ...at, hinted: [message.id] },
          expectedVersion: version,
          deliveries: [card],
        });
      });
      expect((await Promise.all(commits)).toSorted()).toEqual(["conflict", "ok"]);
      expect((await two.findCase("HD-1001"))?.version).toBe(version + 1);
    }
    await one.close();
    await two.close();
  });

  test("two instances share the work: each message once, one of a thread at a time", async () => {
    const url = await server.database();
    const instances = [await open(url), await open(url)];
    const [one, two] = instances;
    if (!one || !two) throw new Error("no instances");
    for (let i = 0; i < 60; i += 1) {
      await (i % 2 ? one : two).receive({ ...question(`m${i}`), address: place(`t${i % 6}`) });
    }
    const seen: string[] = [];
    const busy = new Set<string>();
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const state = i % 2 ? one : two;
        for (;;) {
          const claimed = await state.claim("w", 60_000);
          if (!claimed && seen.length === 60) return;
          if (!claimed) continue;
          const thread = claimed.message.address.thread ?? "";
          expect(busy).not.toContain(thread);
          busy.add(thread);
          seen.push(claimed.message.id);
          busy.delete(thread);
          await state.commit(claimed.message, nothing());
        }
      }),
    );
    expect(new Set(seen).size).toBe(60);
    const ofThread = seen.filter((id) => Number(id.slice(1)) % 6 === 0);
    expect(ofThread).toEqual(Array.from({ length: 10 }, (_, i) => `m${i * 6}`));
    for (const state of instances) await state.close();
  });

  test("the server's clock counts for leases, however wrong an instance's clock is", async () => {
    const url = await server.database();
    const wrong = { ...systemClock, now: () => systemClock.now() + 3_600_000 };
    const [one, two] = [await open(url), await open(url, wrong)];
    await one.receive(question("m1"));
    expect(await claimId(one)).toBe("m1");
    expect(await claimId(two)).toBeUndefined();
    await one.close();
    await two.close();
  });

  test("is refused when a newer Hexdesk made its tables, and left as it is", async () => {
    const url = await server.database();
    await (await open(url)).close();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query("insert into kysely_migration values ('99', '2030-01-01')");
    await expect(open(url)).rejects.toThrow(/written by a newer Hexdesk \(schema 99; this one/);
    await client.end();
  });

  test("survives the server's end, says so, and goes on when it is back", async () => {
    if (!server.crash || !server.restart) return;
    const database = { postgres: await server.database() };
    const { state, trouble } = await openState(database, { clock: systemClock, log });
    await state.receive(question("m1"));
    await server.crash("SIGKILL");
    await expect(state.receive(question("m2"))).rejects.toThrow(StateUnavailable);
    expect(trouble()).toBe("database-away");
    await server.restart();
    while (trouble()) await systemClock.sleep(50);
    expect(await state.receive(question("m1"))).toBe("duplicate");
    expect(await state.receive(question("m2"))).toBe("new");
    await state.close();
  });

  test.each([
    ["does not exist", (url: URL) => (url.pathname = "/nowhere"), /does not exist. Create it/],
    ["does not answer", (url: URL) => (url.port = "1"), /does not answer \(ECONNREFUSED\)/],
  ])("a start is refused in plain words when the database %s", async (_why, spoil, words) => {
    const url = new URL(await server.database());
    spoil(url);
    url.password = "geheim";
    let now = 0;
    const impatient: Clock = { now: () => (now += 31_000), sleep: async () => {} };
    const refusal = open(url.href, impatient);
    await expect(refusal).rejects.toThrow(words);
    await expect(refusal).rejects.not.toThrow(/geheim/);
  });
});

import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openState } from "../../adapters/state/open.ts";
import { startFakeSlack } from "../fakes/slack.ts";
import { slackRequests } from "../fakes/slack-requests.ts";
import { noPostgres, startPostgres } from "../state/postgres-server.ts";
import { endInstance, SIGNING_SECRET, startInstance, until } from "./process.ts";

/** A server that the test did not start cannot be stopped by it. */
const missing = noPostgres() ?? process.env.TEST_DATABASE_URL;
const AWAY_MS = 30_000;

test.skipIf(missing !== undefined)(
  "a database that is away for 30 seconds",
  { timeout: 180_000 },
  async () => {
    const server = await startPostgres();
    const fake = await startFakeSlack();
    const database = await server.database();
    const instance = startInstance({ database, slackApi: fake.apiUrl, botToken: fake.botToken });
    await until(() => instance.url !== undefined, 60_000);
    const slack = slackRequests(`${instance.url}/slack/events`, SIGNING_SECRET);
    const readiness = async () => (await fetch(`${instance.url}/readyz`)).json();
    let asked = 0;
    const threads: string[] = [];
    const ask = async () => {
      asked += 1;
      const ts = `1763900${String(asked).padStart(3, "0")}.000100`;
      const seen = await slack.event(
        slack.envelope(slack.post({ ts }), { event_id: `Ev-${asked}` }),
      );
      if (seen.status === 200) threads.push(ts);
      return seen.status;
    };
    const answers = (ts: string) => fake.posts.filter((post) => post.thread_ts === ts);

    expect(await ask()).toBe(200);
    await until(() => threads.every((ts) => answers(ts).length > 0), 20_000);
    await server.crash?.("SIGINT");
    const back = performance.now() + AWAY_MS;
    while (performance.now() < back) {
      const begun = performance.now();
      expect(await ask()).toBe(200);
      expect(performance.now() - begun).toBeLessThan(6_000);
      await wait(1_000);
    }
    expect(await readiness()).toEqual({ ready: false, reasons: ["database-away"] });
    expect(answers(threads.at(-1) ?? "")[0]?.text).toContain("I can't save anything right now");
    await server.restart?.();
    while (!((await readiness()) as { ready: boolean }).ready) await wait(100);
    expect(await ask()).toBe(200);
    await until(() => threads.every((ts) => answers(ts).length > 0), 60_000);
    expect(threads.map((ts) => answers(ts).length)).toEqual(threads.map(() => 1));
    expect(answers(threads.at(-1) ?? "")[0]?.text).not.toContain("I can't save anything");
    await endInstance(instance, "SIGTERM");

    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const { state } = await openState({ postgres: database }, { clock, log });
    const stored = await Promise.all(
      [threads[0], threads.at(-1)].map((thread) =>
        state.loadCase({
          platform: "slack",
          tenant: "T1",
          conversation: "C1",
          thread: thread ?? "",
        }),
      ),
    );
    expect(stored.every((each) => each !== undefined)).toBe(true);
    await state.close();
    await fake.close();
    await server.stop();
  },
);

import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openState } from "../../adapters/state/open.ts";
import { startFakeSlack } from "../fakes/slack.ts";
import { slackRequests } from "../fakes/slack-requests.ts";
import { startProxy } from "../fixtures/proxy.ts";
import { noPostgres, startPostgres } from "../state/postgres-server.ts";
import { endInstance, SIGNING_SECRET, startInstance, until } from "./process.ts";

/** A server that the test did not start cannot be stopped by it. */
const missing = noPostgres() ?? process.env.TEST_DATABASE_URL;

/** How the database goes away, for how many milliseconds, and how long an asker waits then at most. */
const OUTAGES = [
  ["is gone", 30_000, 6_000],
  ["hangs", 12_000, 12_000],
] as const;

const options = { timeout: 180_000 };
test.skipIf(missing !== undefined).each(OUTAGES)(
  "a database that %s for %i ms",
  options,
  async (how, awayMs, waitMs) => {
    const server = await startPostgres();
    onTestFinished(() => server.stop());
    const fake = await startFakeSlack();
    onTestFinished(() => fake.close());
    const proxy = await startProxy(new URL(await server.database()));
    onTestFinished(proxy.stop);
    const database = proxy.url;
    const instance = startInstance({ database, slackApi: fake.apiUrl, botToken: fake.botToken });
    onTestFinished(() => endInstance(instance, "SIGKILL"));
    await until(() => instance.url !== undefined, 60_000);
    const slack = slackRequests(`${instance.url}/slack/events`, SIGNING_SECRET);
    const readiness = async () => (await fetch(`${instance.url}/readyz`)).json();
    let asked = 0;
    const threads: string[] = [];
    const ask = async () => {
      asked += 1;
      const ts = `1763900${String(asked).padStart(3, "0")}.000100`;
      const envelope = slack.envelope(slack.post({ ts, user: `U${asked}` }), {
        event_id: `Ev-${asked}`,
      });
      threads.push(ts);
      for (let tries = 1; ; tries += 1) {
        const { status } = await slack.event(envelope);
        if (status === 200 || tries === 5) return status;
        await wait(500);
      }
    };
    const answers = (ts: string) => fake.posts.filter((post) => post.thread_ts === ts);

    expect(await ask()).toBe(200);
    await until(() => threads.every((ts) => answers(ts).length > 0), 20_000);
    await (how === "hangs" ? proxy.hang() : server.crash?.("SIGINT"));
    const back = performance.now() + awayMs;
    while (performance.now() < back) {
      const begun = performance.now();
      expect(await ask()).toBe(200);
      expect(performance.now() - begun).toBeLessThan(waitMs);
      await wait(1_000);
    }
    expect(await readiness()).toEqual({ ready: false, reasons: ["database-away"] });
    expect(answers(threads.at(-1) ?? "")[0]?.text).toContain("I can't save anything right now");
    await (how === "hangs" ? proxy.goOn() : server.restart?.());
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

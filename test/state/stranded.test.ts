import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openState } from "../../adapters/state/open.ts";
import { startProxy } from "../fixtures/proxy.ts";
import { noPostgres, startPostgres } from "./postgres-server.ts";

const log = { info: () => {}, warn: () => {}, error: () => {} };

test.skipIf(noPostgres() !== undefined)(
  "a connection that died without a word is not used again",
  { timeout: 60_000 },
  async () => {
    const server = await startPostgres();
    onTestFinished(() => server.stop());
    const proxy = await startProxy(new URL(await server.database()));
    onTestFinished(proxy.stop);
    const { state, trouble } = await openState({ postgres: proxy.url }, { clock, log });
    await state.nextCaseNumber();
    proxy.strand();
    await expect(state.nextCaseNumber()).rejects.toThrow();
    for (let tries = 0; trouble() !== undefined && tries < 100; tries += 1) await wait(100);
    expect(trouble()).toBeUndefined();
    expect(await state.nextCaseNumber()).toBeGreaterThan(0);
    await state.close();
  },
);

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import process from "node:process";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openSqliteState } from "../../adapters/state/sqlite.ts";
import type { Message } from "../../src/message.ts";
import type { Platform, SendResult } from "../../src/platform.ts";
import { createWorker } from "../../src/worker.ts";

/**
 * The process that is killed: takes events over HTTP, stores each before it answers, and posts one answer for each to the
 * hub with the real worker and store. Mutants break one promise each, to show that the harness notices.
 */
const [path = "", hub = "", mutant = ""] = process.argv.slice(2);

const state = await openSqliteState({ path, clock });

const platform: Platform = {
  name: "hub",
  routes: {},
  start: async () => {},
  ready: () => true,
  stop: async () => {},
  async send({ delivery, unknown }): Promise<SendResult> {
    const at = `${hub}/${encodeURIComponent(delivery.id)}`;
    const looks = mutant !== "no-look" && mutant !== "call-again";
    if (unknown && looks && (await fetch(at)).status === 200) {
      return { ok: true, ref: delivery.id };
    }
    const { status } = await fetch(at, { method: "POST" });
    return status === 200
      ? { ok: true, ref: delivery.id }
      : { ok: false, unknown: true, reason: "status" };
  },
};

const log = { info: () => {}, warn: () => {}, error: () => {} };
const leaseMs = mutant === "no-recovery" ? 3_600_000 : 400;
const worker = createWorker({
  state,
  clock,
  log,
  owner: "child",
  leaseMs,
  process: decide,
  setAside: decide,
  routeOf: () => undefined,
});
const running = worker.run([platform]);

async function decide(message: Message): Promise<void> {
  if (message.timer) {
    await state.commit(message, { events: [], deliveries: [] });
    return;
  }
  const calls = message.text === "call";
  await state.commit(message, {
    events: [{ at: clock.now(), what: "asked", detail: { id: message.id } }],
    deliveries: [
      {
        id: `answer-${message.id}`,
        to: { kind: "thread" },
        mode: "post",
        repeat: calls && mutant !== "call-again" ? "never" : "safe",
        card: { title: message.id, blocks: [], buttons: [], language: "en" },
      },
    ],
  });
}

const inHand = new Set<Promise<void>>();

const server = createServer((request, response) => {
  const taken = take(request, response).finally(() => inHand.delete(taken));
  inHand.add(taken);
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, thread = "", id = ""] = (request.url ?? "").split("/");
  const message: Message = {
    id,
    dedupe: [`event-${id}`],
    at: clock.now(),
    from: { id: "U1", role: "user" },
    address: { platform: "hub", tenant: "T1", conversation: "C1", thread },
    surface: "channel",
    addressed: true,
    text: id.endsWith("-call") ? "call" : "question",
    files: [],
  };
  if (mutant === "ack-first") {
    response.end();
    await clock.sleep(5);
  }
  await state.receive(message);
  worker.wake();
  response.end();
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : ""}\n`);
});

process.on("SIGTERM", async () => {
  server.close();
  server.closeAllConnections();
  await Promise.allSettled(inHand);
  await running.stop();
  await state.close();
});

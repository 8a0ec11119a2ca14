import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { seeded } from "../fixtures/seeded.ts";

/** What the harness saw after the last start; every list is empty when the delivery contract was kept. */
export type Findings = {
  acknowledged: number;
  lostEvents: string[];
  doubledEvents: string[];
  lostAnswers: string[];
  doubledAnswers: string[];
  /** Calls to a person that were posted more than once; a lost one is allowed. */
  doubledCalls: string[];
  unfinished: number;
  integrity: string;
};

const CHILD = new URL("kill-child.ts", import.meta.url).pathname;

/**
 * Plays the platform for a bot that is killed again and again, at a random moment of its work each time, and redelivers what was not
 * acknowledged; then lets the last one finish and compares. All delays come from `seed`.
 */
export async function killLoop(options: {
  kills: number;
  seed: number;
  mutant?: string;
}): Promise<Findings> {
  const random = seeded(options.seed);
  const path = join(mkdtempSync(join(tmpdir(), "hexdesk-kill-")), "hexdesk.db");
  const posts = new Map<string, number>();
  const hub = createServer(async (request, response) => {
    const key = decodeURIComponent((request.url ?? "").slice(1));
    if (request.method === "POST") {
      posts.set(key, (posts.get(key) ?? 0) + 1);
      await wait(random() * 6);
    } else if (!posts.has(key)) {
      response.statusCode = 404;
    }
    response.end();
  }).listen(0, "127.0.0.1");
  await once(hub, "listening");
  const hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  const start = async () => {
    const child = spawn(process.execPath, [CHILD, path, hubUrl, options.mutant ?? ""], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(child.stdout, "data");
    return { child, url: `http://127.0.0.1:${String(line).trim()}` };
  };

  let events = 0;
  const pending: string[] = [];
  const acknowledged: string[] = [];
  const deliver = async (url: string, event: string, twice: boolean) => {
    const send = () => fetch(`${url}/${event}`, { method: "POST" });
    try {
      await Promise.all(twice ? [send(), send()] : [send()]);
      acknowledged.push(event);
    } catch {
      pending.push(event);
    }
  };

  for (let kill = 0; kill < options.kills; kill += 1) {
    const { child, url } = await start();
    const before = acknowledged.length;
    const wanted = Math.floor(random() * 8);
    let killed: Promise<void> | undefined;
    while (child.signalCode === null) {
      if (acknowledged.length - before >= wanted) killed ??= killAfter(child, random() * 12);
      events += 1;
      const name = `t${events % 5}/${events}${events % 7 === 0 ? "-call" : ""}`;
      await deliver(url, pending.shift() ?? name, events % 3 === 0);
    }
    await killed;
  }

  const { child, url } = await start();
  for (let round = 0; round < 5 && pending.length > 0; round += 1) {
    for (const event of pending.splice(0)) await deliver(url, event, false);
  }
  await settled(path);
  child.kill("SIGTERM");
  await once(child, "exit");
  hub.close();
  hub.closeAllConnections();
  return compare(path, acknowledged, posts);
}

async function killAfter(child: ChildProcess, ms: number): Promise<void> {
  await wait(ms);
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Waits until nothing is left to do, or nothing moved for three seconds. */
async function settled(path: string): Promise<void> {
  const db = new DatabaseSync(path, { readOnly: true });
  let left = -1;
  for (let still = 0; still < 30; still += 1) {
    const now = unfinished(db);
    if (now === 0) break;
    if (now !== left) still = 0;
    left = now;
    await wait(100);
  }
  db.close();
}

function unfinished(db: DatabaseSync): number {
  const sql = `select (select count(*) from inbox where body is not null)
    + (select count(*) from outbox where body is not null and dead is null) as n`;
  return Number(db.prepare(sql).get()?.n);
}

function compare(path: string, acknowledged: string[], posts: Map<string, number>): Findings {
  const db = new DatabaseSync(path, { readOnly: true });
  const times = new Map<string, number>();
  for (const row of db.prepare("select detail from events").all()) {
    const { id } = JSON.parse(String(row.detail)) as { id: string };
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  const ids = acknowledged.map((event) => event.slice(event.indexOf("/") + 1));
  const isCall = (id: string) => id.endsWith("-call");
  const doubled = [...posts].filter(([, count]) => count > 1).map(([key]) => key);
  return {
    acknowledged: ids.length,
    lostEvents: ids.filter((id) => !times.has(id)),
    doubledEvents: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    lostAnswers: ids.filter((id) => !isCall(id) && !posts.has(`answer-${id}`)),
    doubledAnswers: doubled.filter((key) => !isCall(key)),
    doubledCalls: doubled.filter(isCall),
    unfinished: unfinished(db),
    integrity: String(Object.values(db.prepare("pragma integrity_check").get() ?? {})[0]),
  };
}

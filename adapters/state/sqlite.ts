import type { DatabaseSync } from "node:sqlite";
import type { Delivery } from "../../src/card.ts";
import type { Case } from "../../src/case.ts";
import type { Clock } from "../../src/clock.ts";
import type { Language } from "../../src/language.ts";
import { type Address, addressKey, type Message } from "../../src/message.ts";
import type { Commit, Outgoing, StateStore } from "../../src/state.ts";
import { outboxRow } from "./outbox-row.ts";
import { SEEN_MS, seenKeys } from "./seen-keys.ts";
import { isBusy, openDatabase } from "./sqlite-open.ts";
import { prepareStatements, type Statements } from "./sqlite-statements.ts";

type Store = { db: DatabaseSync; run: Statements; now: () => number };

/** Tries of one write while another process holds the lock; each waits 250 ms at most, plus a pause between them. */
const TRIES = 12;
const PAUSE_MS = 50;

/**
 * The store for one process on one machine: one file, no server. Writes are on the disk when a method resolves. Throws a
 * StateError when the file cannot be used.
 */
export function openSqliteState({ path, clock }: { path: string; clock: Clock }): StateStore {
  const db = openDatabase(path);
  const store: Store = { db, run: prepareStatements(db), now: () => clock.now() };

  async function write<Value>(work: () => Value): Promise<Value> {
    for (let tries = 1; ; tries += 1) {
      try {
        return inTransaction(db, work);
      } catch (error) {
        if (!isBusy(error) || tries === TRIES) throw error;
        await clock.sleep(PAUSE_MS);
      }
    }
  }

  return {
    receive: (message, heldMs = 0) => write(() => receive(store, message, heldMs)),
    claim: (_owner, leaseMs) => write(() => claim(store, leaseMs)),
    loadCase: async (address) => readCase(store.run.caseAt.get(addressKey(address))),
    findCase: async (id) => readCase(store.run.caseById.get(id)),
    nextCaseNumber: () => write(() => Number(store.run.nextCase.get()?.number)),
    commit: (message, change) => write(() => commit(store, message, change)),
    nextDelivery: (_owner, leaseMs, of) => write(() => nextDelivery(store, leaseMs, of)),
    sent: (id, ref, address) => write(() => sent(store, id, ref, address)),
    failed: (id, outcome) => write(() => failed(store, id, outcome)),
    languageOf: async ({ platform, tenant, id }) =>
      store.run.wish.get(platform, tenant, id)?.language as Language | undefined,
    purge: async (olderThan) => {
      const removed = await write(() => purge(store, olderThan));
      db.exec("pragma wal_checkpoint(truncate)");
      return removed;
    },
    close: async () => {
      db.exec("pragma wal_checkpoint(truncate)");
      db.close();
    },
  };
}

function inTransaction<Value>(db: DatabaseSync, work: () => Value): Value {
  db.exec("begin immediate");
  try {
    const value = work();
    db.exec("commit");
    return value;
  } catch (error) {
    if (db.isTransaction) db.exec("rollback");
    throw error;
  }
}

function receive({ run, now }: Store, message: Message, heldMs: number): "new" | "duplicate" {
  let fresh = true;
  for (const key of seenKeys(message)) {
    if (run.see.run(key, now()).changes === 0) fresh = false;
  }
  if (!fresh) return "duplicate";
  const thread = addressKey(message.address);
  const { changes } = run.receive.run(
    message.id,
    thread,
    now(),
    JSON.stringify(message),
    heldMs > 0 ? now() + heldMs : 0,
  );
  return changes === 0 ? "duplicate" : "new";
}

function claim({ run, now }: Store, leaseMs: number): Message | undefined {
  const row = run.claim.get({ now: now(), lease: now() + leaseMs });
  return row === undefined ? undefined : (JSON.parse(String(row.body)) as Message);
}

function commit(store: Store, message: Message, change: Commit): "ok" | "conflict" {
  const { run, now } = store;
  if (run.waits.get(message.id) === undefined) return "ok";
  if (change.case && !writeCase(store, change.case, change.expectedVersion ?? 0)) return "conflict";
  for (const { at, case: id, who, what, detail } of change.events) {
    run.addEvent.run(id ?? null, at, who, what, JSON.stringify(detail));
  }
  const due = now() + (change.heldMs ?? 0);
  for (const delivery of change.deliveries) addDelivery(store, message, delivery, due);
  if (change.language) {
    const { platform, tenant } = message.address;
    run.keepWish.run(platform, tenant, message.from.id, change.language, now());
  }
  run.finish.run(message.id);
  return "ok";
}

function writeCase({ run }: Store, next: Case, expected: number): boolean {
  const stored = readCase(run.caseById.get(next.id));
  if ((stored?.version ?? 0) !== expected) return false;
  const address = stored?.address ?? next.address;
  const body = JSON.stringify({ ...next, version: expected + 1, address });
  if (stored) run.updateCase.run(expected + 1, next.updatedAt, body, next.id);
  else run.addCase.run(next.id, addressKey(address), expected + 1, next.updatedAt, body);
  return true;
}

function addDelivery({ run, now }: Store, message: Message, delivery: Delivery, due: number): void {
  const { lane, source } = outboxRow(message, delivery);
  run.addDelivery.run(
    delivery.id,
    message.id,
    lane,
    now(),
    JSON.stringify({ delivery, source }),
    delivery.mode === "post" ? null : delivery.mode.update,
    delivery.opens ?? null,
    delivery.repeat === "never" ? 1 : 0,
    due,
  );
}

function nextDelivery({ run, now }: Store, leaseMs: number, of?: string): Outgoing | undefined {
  run.expireOnce.run(now());
  run.expire.run(now());
  const times = { now: now(), lease: now() + leaseMs };
  const row = of === undefined ? run.lease.get(times) : run.leaseOf.get({ lease: times.lease, of });
  if (row === undefined) return undefined;
  const { delivery, source } = JSON.parse(String(row.body)) as Pick<
    Outgoing,
    "delivery" | "source"
  >;
  const updates = delivery.mode === "post" ? null : run.refOf.get(delivery.mode.update)?.ref;
  return {
    delivery,
    source,
    attempt: Number(row.attempt),
    unknown: row.unknown === 1,
    ...(typeof updates === "string" ? { updates } : {}),
  };
}

function sent({ run }: Store, id: string, ref: string | undefined, address?: Address): void {
  const opens = run.posted.get(ref ?? null, id)?.opens;
  if (typeof opens !== "string" || address === undefined) return;
  const opened = readCase(run.caseById.get(opens));
  if (opened === undefined) return;
  run.moveCase.run(addressKey(address), JSON.stringify({ ...opened, address }), opens);
}

function failed(
  { run }: Store,
  id: string,
  outcome: { retryAt: number; unknown: boolean } | "dead",
): void {
  if (outcome === "dead") run.giveUp.run(id);
  else run.retry.run({ id, due: outcome.retryAt, unknown: outcome.unknown ? 1 : 0 });
}

function purge({ db, now }: Store, olderThan: number): number {
  const old: [sql: string, before: number][] = [
    ["delete from seen where at < ?", now() - SEEN_MS],
    ["delete from inbox where body is null and arrived < ?", now() - SEEN_MS],
    ["delete from inbox where arrived < ?", olderThan],
    ["delete from outbox where made < ?", olderThan],
    ["delete from cases where updated < ?", olderThan],
    ["delete from events where at < ?", olderThan],
    ["delete from wishes where at < ?", olderThan],
  ];
  return old.reduce((sum, [sql, before]) => sum + Number(db.prepare(sql).run(before).changes), 0);
}

function readCase(row: Record<string, unknown> | undefined): Case | undefined {
  return row === undefined ? undefined : (JSON.parse(String(row.body)) as Case);
}

import type { DatabaseSync } from "node:sqlite";
import type { Case } from "../../src/case.ts";
import type { Clock } from "../../src/clock.ts";
import type { Language } from "../../src/language.ts";
import {
  type Address,
  addressKey,
  type Message,
  type Person,
  personOf,
} from "../../src/message.ts";
import type {
  CaseEvent,
  Claimed,
  Commit,
  DeadLetter,
  EventFilter,
  Failure,
  Incident,
  Outgoing,
  PersonalData,
  StateStore,
} from "../../src/state.ts";
import { withoutDeclarer, withoutHelper } from "./forget.ts";
import { type OutboxRow, outboxRow, undelivered } from "./outbox-row.ts";
import { ownerKey, personKey, personOfKey } from "./person-key.ts";
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
    loadCase: async (address) => {
      const key = addressKey(address);
      return readCase(store.run.caseAt.get(key) ?? store.run.linked.get(key));
    },
    findCase: async (id) => readCase(store.run.caseById.get(id)),
    casesOf: async (filter) =>
      readCases(
        "incident" in filter
          ? store.run.casesOfIncident.all(filter.incident)
          : store.run.casesOfOwner.all(personKey(filter.owner)),
      ),
    nextCaseNumber: () => write(() => Number(store.run.nextCase.get()?.number)),
    commit: (message, change) => write(() => commit(store, message, change)),
    nextDelivery: (_owner, leaseMs, of) => write(() => nextDelivery(store, leaseMs, of)),
    sent: (id, ref, address) => write(() => sent(store, id, ref, address)),
    failed: (id, failure) => write(() => failed(store, id, failure)),
    recover: () => write(() => recover(store)),
    deadLetters: async () => deadLetters(store),
    events: async (filter) => findEvents(store, filter),
    incidents: async () =>
      store.run.openIncidents.all().map((row) => JSON.parse(String(row.body)) as Incident),
    exportPerson: async (person) => exportPerson(store, person),
    erasePerson: async (person) => {
      const changed = await write(() => erasePerson(store, person));
      db.exec("pragma wal_checkpoint(truncate)");
      return changed;
    },
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

function receive(store: Store, message: Message, heldMs: number): "new" | "duplicate" {
  return add(store, message, { due: 0, lease: heldMs > 0 ? store.now() + heldMs : 0 });
}

function add(
  { run, now }: Store,
  message: Message,
  { due, lease }: { due: number; lease: number },
): "new" | "duplicate" {
  let fresh = true;
  for (const key of seenKeys(message)) {
    if (run.see.run(key, now()).changes === 0) fresh = false;
  }
  if (!fresh) return "duplicate";
  const thread = addressKey(message.address);
  const person = message.timer ? null : personKey(personOf(message));
  const about = message.timer?.case ?? null;
  const body = JSON.stringify(message);
  const { changes } = run.receive.run(message.id, thread, now(), body, lease, due, person, about);
  return changes === 0 ? "duplicate" : "new";
}

function claim({ run, now }: Store, leaseMs: number): Claimed | undefined {
  const row = run.claim.get({ now: now(), lease: now() + leaseMs });
  if (row === undefined) return undefined;
  return { message: JSON.parse(String(row.body)) as Message, attempt: Number(row.attempt) };
}

function commit(store: Store, message: Message, change: Commit): "ok" | "conflict" {
  const { run, now } = store;
  if (run.waits.get(message.id) === undefined) return "ok";
  if (change.case && !writeCase(store, change.case, change.expectedVersion ?? 0)) return "conflict";
  for (const { at, case: id, by, what, detail } of change.events) {
    const person = by ? personKey(by) : null;
    run.addEvent.run(id ?? null, at, person, what, detail.entry ?? null, JSON.stringify(detail));
  }
  for (const timer of change.timers ?? []) add(store, timer, { due: timer.at, lease: 0 });
  if (change.incident) keepIncident(store, change.incident);
  const due = now() + (change.heldMs ?? 0);
  for (const delivery of change.deliveries) {
    addDelivery(store, outboxRow(message, delivery, change.case?.id), due);
  }
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
  const incident = next.incident ?? null;
  if (stored) {
    run.updateCase.run(expected + 1, next.updatedAt, body, incident, next.id);
    return true;
  }
  const place = addressKey(address);
  const owner = ownerKey({ ...next, address });
  run.addCase.run(next.id, place, expected + 1, next.updatedAt, body, owner, incident);
  return true;
}

function keepIncident({ run }: Store, incident: Incident): void {
  const { id, at, endedAt } = incident;
  run.keepIncident.run(id, at, endedAt ?? null, JSON.stringify(incident));
}

function addDelivery({ run, now }: Store, row: OutboxRow, due: number): void {
  const { delivery, source } = row;
  run.addDelivery.run(
    delivery.id,
    source.id,
    row.lane,
    now(),
    JSON.stringify({ delivery, source }),
    delivery.mode === "post" ? null : delivery.mode.update,
    delivery.opens ?? null,
    delivery.links ?? null,
    delivery.repeat === "never" ? 1 : 0,
    due,
    row.case ?? null,
    personKey({ ...source.address, id: source.asker }),
  );
}

function nextDelivery(store: Store, leaseMs: number, of?: string): Outgoing | undefined {
  const { run, now } = store;
  for (const { id } of run.expired.all(now())) {
    giveUp(store, String(id), { unknown: true, reason: "the sender died" });
  }
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
  const { opens, links } = run.posted.get(ref ?? null, id) ?? {};
  if (address === undefined) return;
  if (typeof links === "string") run.link.run(addressKey(address), links);
  if (typeof opens !== "string") return;
  const opened = readCase(run.caseById.get(opens));
  if (opened === undefined) return;
  run.moveCase.run(addressKey(address), JSON.stringify({ ...opened, address }), opens);
}

function failed(store: Store, id: string, failure: Failure): void {
  const row = store.run.waiting.get(id);
  if (row === undefined) return;
  const unknown = failure.unknown || row.unknown === 1;
  if ("dead" in failure || (unknown && row.once === 1)) {
    giveUp(store, id, { unknown, reason: failure.reason });
  } else store.run.retry.run({ id, due: failure.retryAt, unknown: unknown ? 1 : 0 });
}

function giveUp(store: Store, id: string, failure: Pick<Failure, "unknown" | "reason">): void {
  const { run, now } = store;
  const row = run.waiting.get(id);
  if (row === undefined) return;
  const { unknown, reason } = failure;
  run.giveUp.run({ id, unknown: unknown ? 1 : 0, reason, at: now() });
  if (row.once !== 1) return;
  const about = typeof row.case_id === "string" ? { case: row.case_id } : {};
  const letter = { ...(JSON.parse(String(row.body)) as Omit<OutboxRow, "lane">), ...about };
  add(store, undelivered(letter, failure, now()), { due: now(), lease: 0 });
}

function recover({ run, now }: Store): void {
  run.recoverInbox.run();
  run.recoverOutbox.run({ now: now() });
  run.recoverHeld.run({ now: now() });
}

function deadLetters({ run }: Store): DeadLetter[] {
  return run.dead.all().map((row) => {
    const { delivery } = JSON.parse(String(row.body)) as Pick<Outgoing, "delivery">;
    const { died, unknown, dead } = row;
    return { delivery, at: Number(died), unknown: unknown === 1, reason: String(dead) };
  });
}

function findEvents({ run }: Store, filter: EventFilter): CaseEvent[] {
  const rows = run.events.all({
    from: filter.from,
    to: filter.to ?? Number.MAX_SAFE_INTEGER,
    what: filter.what ? JSON.stringify(filter.what) : null,
    person: filter.by ? personKey(filter.by) : null,
    entry: filter.entry ?? null,
    limit: filter.limit ?? -1,
  });
  return rows.map(readEvent);
}

function readEvent(row: Record<string, unknown>): CaseEvent {
  return {
    at: Number(row.at),
    ...(typeof row.case_id === "string" ? { case: row.case_id } : {}),
    ...(typeof row.person === "string" ? { by: personOfKey(row.person) } : {}),
    what: String(row.what),
    detail: JSON.parse(String(row.detail)) as Record<string, string>,
  };
}

function exportPerson(store: Store, person: Person): PersonalData {
  const { run } = store;
  const key = personKey(person);
  const wish = run.wish.get(person.platform, person.tenant, person.id)?.language;
  return {
    cases: readCases(run.casesOfOwner.all(key)),
    events: findEvents(store, { from: 0, by: person }),
    ...(typeof wish === "string" ? { language: wish as Language } : {}),
    messages: Number(run.waitingOf.get(key)?.n),
  };
}

function erasePerson({ run }: Store, person: Person): number {
  const key = personKey(person);
  let changed =
    Number(run.forgetOutbox.run({ person: key }).changes) +
    Number(run.forgetInbox.run({ person: key }).changes) +
    Number(run.forgetWish.run(person.platform, person.tenant, person.id).changes);
  for (const { id } of readCases(run.casesOfOwner.all(key))) {
    run.unlink.run(id);
    run.deleteCase.run(id);
    changed += 1;
  }
  for (const other of readCases(run.casesWith.all(JSON.stringify(person.id)))) {
    const without = withoutHelper(other, person);
    if (!without) continue;
    run.rewriteCase.run(JSON.stringify(without), other.id);
    changed += 1;
  }
  for (const { seq, detail } of run.eventsOf.all(key)) {
    const { text: _, ...facts } = JSON.parse(String(detail)) as Record<string, string>;
    run.bury.run(JSON.stringify(facts), Number(seq));
    changed += 1;
  }
  for (const { body } of run.allIncidents.all()) {
    const incident = JSON.parse(String(body)) as Incident;
    if (personKey(incident.by) !== key) continue;
    const { id, at, endedAt } = incident;
    run.keepIncident.run(id, at, endedAt ?? null, JSON.stringify(withoutDeclarer(incident)));
    changed += 1;
  }
  return changed;
}

function purge({ db, now }: Store, olderThan: number): number {
  const old: [sql: string, before: number][] = [
    ["delete from seen where at < ?", now() - SEEN_MS],
    ["delete from inbox where body is null and arrived < ?", now() - SEEN_MS],
    ["delete from inbox where arrived < ?", olderThan],
    ["delete from outbox where made < ?", olderThan],
    ["delete from links where case_id in (select id from cases where updated < ?)", olderThan],
    ["delete from cases where updated < ?", olderThan],
    ["delete from events where at < ?", olderThan],
    ["delete from wishes where at < ?", olderThan],
    ["delete from incidents where ended < ?", olderThan],
  ];
  return old.reduce((sum, [sql, before]) => sum + Number(db.prepare(sql).run(before).changes), 0);
}

function readCases(rows: Record<string, unknown>[]): Case[] {
  return rows.flatMap((row) => readCase(row) ?? []);
}

function readCase(row: Record<string, unknown> | undefined): Case | undefined {
  return row === undefined ? undefined : (JSON.parse(String(row.body)) as Case);
}

import { sql } from "kysely";
import type { Clock } from "../../src/clock.ts";
import { type Message, personOf } from "../../src/message.ts";
import type { Commit, StateStore } from "../../src/state.ts";
import { outboxRow } from "./outbox-row.ts";
import { caseAt, caseById, casesOf, frontCase, nextCaseNumber, writeCase } from "./sql-cases.ts";
import { claim, finish, receive, wait, waits } from "./sql-inbox.ts";
import { addDelivery, deadLetters, failed, nextDelivery, sent } from "./sql-outbox.ts";
import { erasePerson, exportPerson, tenantsOf } from "./sql-people.ts";
import { purge } from "./sql-purge.ts";
import {
  addEvent,
  findEvents,
  keepIncident,
  keepWish,
  languageOf,
  openIncidents,
} from "./sql-records.ts";
import type { Database, Store } from "./tables.ts";

/** What differs between the databases. */
export type SqlOptions = Pick<Store, "now" | "shared"> & {
  db: Database;
  /** The same database for what may take long: erasing, tidying up. */
  patient: Database;
  clock: Pick<Clock, "sleep">;
  /** True when the same transaction may succeed in a moment: a lock is held, or two of them met. */
  isPassing(error: unknown): boolean;
  /** True when no other process is at work on this database. */
  isAlone(): boolean;
  /** Removes from the disk what was deleted. */
  tidy(): Promise<void>;
  close(): Promise<void>;
};

/** Tries of one transaction that did not go through for a passing reason, and the pause between them. */
const TRIES = 12;
const PAUSE_MS = 50;

/** The store over a SQL database: every method is one statement or one transaction. */
export function createSqlState(options: SqlOptions): StateStore {
  const { db, now, shared } = options;

  async function again<Value>(work: () => Promise<Value>): Promise<Value> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!options.isPassing(error) || tries === TRIES) throw error;
        await options.clock.sleep(PAUSE_MS);
      }
    }
  }

  const write = <Value>(work: (store: Store) => Promise<Value>, on = db) =>
    again(() => on.transaction().execute((trx) => work({ db: trx, now, shared })));

  async function removing(work: (store: Store) => Promise<number>): Promise<number> {
    const removed = await write(work, options.patient);
    await options.tidy();
    return removed;
  }

  return {
    receive: (message, heldMs = 0) => write((store) => receive(store, message, heldMs)),
    claim: (_owner, leaseMs) => write((store) => claim(store, leaseMs)),
    loadCase: (address) => caseAt(db, address),
    findCase: (id) => caseById(db, id),
    casesOf: (filter) => casesOf(db, filter),
    nextCaseNumber: () => again(() => nextCaseNumber(db)),
    commit: (message, change) => write((store) => commit(store, message, change)),
    nextDelivery: (_owner, leaseMs, of) => write((store) => nextDelivery(store, leaseMs, of)),
    sent: (id, ref, address) => write((store) => sent(store, id, ref, address)),
    failed: (id, failure) => write((store) => failed(store, id, failure)),
    recover: async () => {
      if (options.isAlone()) await write(recover);
    },
    deadLetters: () => deadLetters(db),
    events: (filter) => findEvents(db, filter),
    incidents: () => openIncidents(db),
    languageOf: (person) => languageOf(db, person),
    tenantsOf: (platform, id) => tenantsOf(options.patient, platform, id),
    exportPerson: (person) => write((store) => exportPerson(store.db, person), options.patient),
    erasePerson: (person) => removing((store) => erasePerson(store, person)),
    purge: (olderThan) => removing((store) => purge(store, olderThan)),
    close: () => options.close(),
  };
}

async function commit(store: Store, message: Message, change: Commit): Promise<"ok" | "conflict"> {
  if (!(await waits(store, message.id))) return "ok";
  if (change.case && !(await writeCase(store, change.case, change.expectedVersion ?? 0))) {
    return "conflict";
  }
  if (change.speaks) await frontCase(store, change.speaks);
  for (const event of change.events) await addEvent(store, event);
  for (const delivery of change.deliveries) {
    await addDelivery(store, outboxRow(message, delivery, change.case?.id), change.heldMs ?? 0);
  }
  for (const timer of change.timers ?? []) await wait(store, timer);
  if (change.incident) await keepIncident(store, change.incident);
  if (change.language) await keepWish(store, personOf(message), change.language);
  await finish(store, message.id);
  return "ok";
}

/** A delivery in hand becomes one whose lease ran out; one that waits for its caller is free for anybody. */
async function recover({ db, now }: Store): Promise<void> {
  await db.updateTable("inbox").set({ lease: 0 }).where("body", "is not", null).execute();
  const waiting = sql<boolean>`body is not null and dead is null`;
  await db
    .updateTable("outbox")
    .set({ lease: now() })
    .where(waiting)
    .where("lease", "is not", null)
    .execute();
  await db
    .updateTable("outbox")
    .set({ due: now() })
    .where(waiting)
    .where("attempt", "=", 0)
    .execute();
}

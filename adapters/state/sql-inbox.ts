import { type ExpressionBuilder, sql } from "kysely";
import { addressKey, type Message, personOf } from "../../src/message.ts";
import type { Claimed } from "../../src/state.ts";
import { personKey } from "./person-key.ts";
import { seenKeys } from "./seen-keys.ts";
import type { Store, Tables } from "./tables.ts";

/** Stores a message that came; `heldMs` leases it to the caller. */
export async function receive(
  store: Store,
  message: Message,
  heldMs: number,
): Promise<"new" | "duplicate"> {
  await lockThread(store, addressKey(message.address));
  const lease = heldMs > 0 ? sql<number>`${store.now()} + ${heldMs}` : sql<number>`0`;
  return add(store, message, { due: 0, lease });
}

/** Stores a message that nobody sends: it waits until its `at`. */
export async function wait(store: Store, timer: Message): Promise<void> {
  await add(store, timer, { due: timer.at, lease: sql<number>`0` });
}

async function add(
  { db, now }: Store,
  message: Message,
  times: { due: number; lease: ReturnType<Store["now"]> },
): Promise<"new" | "duplicate"> {
  const keys = seenKeys(message).toSorted();
  const seen = await db
    .insertInto("seen")
    .values(keys.map((key) => ({ key, at: now() })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (Number(seen.numInsertedOrUpdatedRows) < keys.length) return "duplicate";
  const stored = await db
    .insertInto("inbox")
    .values({
      id: message.id,
      thread: addressKey(message.address),
      arrived: now(),
      body: JSON.stringify(message),
      ...times,
      person: message.timer ? null : personKey(personOf(message)),
      case_id: message.timer?.case ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return stored.numInsertedOrUpdatedRows === 0n ? "duplicate" : "new";
}

/**
 * Leases the next message. Where several instances claim at once, the one that holds the thread's lock looks again
 * whether another one took a message of the thread meanwhile.
 */
export async function claim(store: Store, leaseMs: number): Promise<Claimed | undefined> {
  const { db, now, shared } = store;
  const next = await db
    .selectFrom("inbox as i")
    .select(["seq", "thread"])
    .where((of) => isClaimable(of, store))
    .orderBy("due")
    .orderBy("seq")
    .limit(1)
    .$if(shared, (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
  if (!next) return undefined;
  await lockThread(store, next.thread);
  const row = await db
    .updateTable("inbox as i")
    .set((of) => ({
      lease: sql<number>`${now()} + ${leaseMs}`,
      attempt: of("attempt", "+", 1),
    }))
    .where("seq", "=", next.seq)
    .where((of) => isClaimable(of, store))
    .returning(["body", "attempt"])
    .executeTakeFirst();
  if (!row?.body) return undefined;
  return { message: JSON.parse(row.body) as Message, attempt: row.attempt };
}

function isClaimable(of: ExpressionBuilder<Tables & { i: Tables["inbox"] }, "i">, { now }: Store) {
  const first = of
    .selectFrom("inbox as e")
    .select("e.seq")
    .where("e.body", "is not", null)
    .whereRef("e.thread", "=", "i.thread")
    .where((other) =>
      other.or([
        other("e.lease", ">", now()),
        other.and([other("e.due", "<=", now()), sql<boolean>`(e.due, e.seq) < (i.due, i.seq)`]),
      ]),
    );
  return of.and([
    of("i.body", "is not", null),
    of("i.lease", "<=", now()),
    of("i.due", "<=", now()),
    of.not(of.exists(first)),
  ]);
}

/** True while the message waits for its decision; keeps others from deciding it until the transaction ends. */
export async function waits({ db, shared }: Store, id: string): Promise<boolean> {
  const row = await db
    .selectFrom("inbox")
    .select("seq")
    .where("id", "=", id)
    .where("body", "is not", null)
    .$if(shared, (query) => query.forUpdate())
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks a message as decided; what it said and who said it is overwritten. */
export async function finish({ db }: Store, id: string): Promise<void> {
  const empty = { body: null, person: null, case_id: null, lease: 0 };
  await db.updateTable("inbox").set(empty).where("id", "=", id).execute();
}

/** Makes the order in which messages of one thread become visible the order of their numbers. */
async function lockThread({ db, shared }: Store, thread: string): Promise<void> {
  if (shared) await sql`select pg_advisory_xact_lock(hashtextextended(${thread}, 0))`.execute(db);
}

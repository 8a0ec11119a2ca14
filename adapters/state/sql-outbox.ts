import { type ExpressionBuilder, sql } from "kysely";
import type { Address } from "../../src/message.ts";
import type { DeadLetter, Failure, Outgoing } from "../../src/state.ts";
import { type OutboxRow, undelivered } from "./outbox-row.ts";
import { personKey } from "./person-key.ts";
import { linkCase, moveCase } from "./sql-cases.ts";
import { wait } from "./sql-inbox.ts";
import type { Database, Store, Tables } from "./tables.ts";

type Body = Pick<OutboxRow, "delivery" | "source">;

/** Stores a delivery; for `heldMs` it is left to the caller of `nextDelivery(of)`. */
export async function addDelivery(
  { db, now }: Store,
  { delivery, source, lane, ...row }: OutboxRow,
  heldMs: number,
): Promise<void> {
  await db
    .insertInto("outbox")
    .values({
      id: delivery.id,
      message: source.id,
      lane,
      made: now(),
      body: JSON.stringify({ delivery, source } satisfies Body),
      updates: delivery.mode === "post" ? null : delivery.mode.update,
      opens: delivery.opens ?? null,
      links: delivery.links ?? null,
      once: delivery.repeat === "never" ? 1 : 0,
      due: sql<number>`${now()} + ${heldMs}`,
      case_id: row.case ?? null,
      person: personKey({ ...source.address, id: source.asker }),
    })
    .execute();
}

/** Leases the next delivery; first those whose lease ran out are taken back, or given up when they call a person. */
export async function nextDelivery(
  store: Store,
  leaseMs: number,
  cause?: string,
): Promise<Outgoing | undefined> {
  const { db, now, shared } = store;
  await expire(store);
  const next = await db
    .selectFrom("outbox as o")
    .select("o.seq")
    .where(isWaiting)
    .where("o.lease", "is", null)
    .where((of) => (cause === undefined ? isInTurn(of, store) : of("o.message", "=", cause)))
    .orderBy("o.seq")
    .limit(1)
    .$if(shared, (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
  if (!next) return undefined;
  const row = await db
    .updateTable("outbox")
    .set((of) => ({
      lease: sql<number>`${now()} + ${leaseMs}`,
      attempt: of("attempt", "+", 1),
    }))
    .where("seq", "=", next.seq)
    .returning(["body", "attempt", "unknown", "updates"])
    .executeTakeFirstOrThrow();
  const updates = row.updates === null ? null : await refOf(store, row.updates);
  return {
    ...(JSON.parse(String(row.body)) as Body),
    attempt: row.attempt,
    unknown: row.unknown === 1,
    ...(updates === null ? {} : { updates }),
  };
}

type Outbox = ExpressionBuilder<Tables & { o: Tables["outbox"] }, "o">;

function isWaiting(of: Outbox) {
  return of.and([of("o.body", "is not", null), of("o.dead", "is", null)]);
}

function isInTurn(of: Outbox, { now }: Store) {
  const waiting = of
    .selectFrom("outbox as e")
    .select("e.seq")
    .where("e.body", "is not", null)
    .where("e.dead", "is", null);
  const earlier = waiting.whereRef("e.lane", "=", "o.lane").whereRef("e.seq", "<", "o.seq");
  const post = waiting.whereRef("e.id", "=", "o.updates");
  return of.and([of("o.due", "<=", now()), of.not(of.exists(earlier)), of.not(of.exists(post))]);
}

async function expire(store: Store): Promise<void> {
  const { db, now } = store;
  const rows = await db
    .updateTable("outbox as o")
    .set({ lease: null, unknown: 1 })
    .where(isWaiting)
    .where("o.lease", "<=", now())
    .returning(["id", "once"])
    .execute();
  for (const { id, once } of rows) {
    if (once === 1) await giveUp(store, id, { unknown: true, reason: "the sender died" });
  }
}

async function refOf({ db }: Store, id: string): Promise<string | null> {
  const row = await db.selectFrom("outbox").select("ref").where("id", "=", id).executeTakeFirst();
  return row?.ref ?? null;
}

/** Notes that a delivery was posted, and where the case is that it opens or links. */
export async function sent(
  store: Store,
  id: string,
  ref: string | undefined,
  address?: Address,
): Promise<void> {
  const row = await store.db
    .updateTable("outbox")
    .set({ body: null, lease: null, ...(ref === undefined ? {} : { ref }) })
    .where("id", "=", id)
    .returning(["opens", "links"])
    .executeTakeFirst();
  if (!row || !address) return;
  if (row.links !== null) await linkCase(store, row.links, address);
  if (row.opens !== null) await moveCase(store, row.opens, address);
}

/** Notes that a delivery failed. */
export async function failed(store: Store, id: string, failure: Failure): Promise<void> {
  const { db } = store;
  const row = await db
    .selectFrom("outbox as o")
    .select(["o.once", "o.unknown"])
    .where("o.id", "=", id)
    .where(isWaiting)
    .executeTakeFirst();
  if (!row) return;
  const unknown = failure.unknown || row.unknown === 1;
  if ("dead" in failure || (unknown && row.once === 1)) {
    await giveUp(store, id, { unknown, reason: failure.reason });
    return;
  }
  const again = { lease: null, due: failure.retryAt, unknown: unknown ? 1 : 0 };
  await db.updateTable("outbox").set(again).where("id", "=", id).execute();
}

async function giveUp(
  store: Store,
  id: string,
  { unknown, reason }: Pick<Failure, "unknown" | "reason">,
): Promise<void> {
  const { db, now } = store;
  const row = await db
    .updateTable("outbox as o")
    .set({ lease: null, unknown: unknown ? 1 : 0, dead: reason, died: now() })
    .where("o.id", "=", id)
    .where(isWaiting)
    .returning(["body", "once", "case_id", "died"])
    .executeTakeFirst();
  if (!row) return;
  if (row.once === 0) {
    await db.updateTable("outbox").set({ body: null }).where("id", "=", id).execute();
    return;
  }
  const about = row.case_id === null ? {} : { case: row.case_id };
  const letter = { ...(JSON.parse(String(row.body)) as Body), ...about };
  await wait(store, undelivered(letter, { unknown, reason }, Number(row.died)));
}

/** What called a person and was given up. */
export async function deadLetters(db: Database): Promise<DeadLetter[]> {
  const rows = await db
    .selectFrom("outbox as o")
    .select(["o.body", "o.unknown", "o.dead", "o.died"])
    .where("o.body", "is not", null)
    .where("o.dead", "is not", null)
    .orderBy("o.seq")
    .execute();
  return rows.map(({ body, unknown, dead, died }) => ({
    delivery: (JSON.parse(String(body)) as Body).delivery,
    at: Number(died),
    unknown: unknown === 1,
    reason: String(dead),
  }));
}

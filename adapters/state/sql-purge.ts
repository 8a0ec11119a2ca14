import { type RawBuilder, sql } from "kysely";
import { SEEN_MS, WORDS_MS, withoutWords } from "./retention.ts";
import { readCase } from "./sql-cases.ts";
import type { Store } from "./tables.ts";

/** Removes what is older than its retention; returns the number of rows removed or emptied. */
export async function purge(store: Store, olderThan: number): Promise<number> {
  const { now } = store;
  const handled = sql<number>`${now()} - ${SEEN_MS}`;
  let removed = await emptyCases(store);
  for (const [table, column, before] of [
    ["seen", "at", handled],
    ["inbox", "arrived", sql<number>`${olderThan}`],
    ["outbox", "made", sql<number>`${olderThan}`],
    ["cases", "updated", sql<number>`${olderThan}`],
    ["events", "at", sql<number>`${olderThan}`],
    ["wishes", "at", sql<number>`${olderThan}`],
    ["incidents", "ended", sql<number>`${olderThan}`],
  ] as const) {
    removed += await remove(store, table, column, before);
  }
  const { db } = store;
  const done = await db
    .deleteFrom("inbox")
    .where("body", "is", null)
    .where("arrived", "<", handled)
    .executeTakeFirst();
  const loose = await db
    .deleteFrom("links")
    .where("case_id", "not in", db.selectFrom("cases").select("id"))
    .executeTakeFirst();
  return removed + Number(done.numDeletedRows) + Number(loose.numDeletedRows);
}

async function remove(
  { db }: Store,
  table: "seen" | "inbox" | "outbox" | "cases" | "events" | "wishes" | "incidents",
  column: string,
  before: RawBuilder<number>,
): Promise<number> {
  const old = sql`delete from ${sql.table(table)} where ${sql.ref(column)} < ${before}`;
  return Number((await old.execute(db)).numAffectedRows);
}

async function emptyCases({ db, now }: Store): Promise<number> {
  const before = sql<number>`${now()} - ${WORDS_MS}`;
  const rows = await db
    .selectFrom("cases")
    .select(["id", "body", "address", before.as("before")])
    .where("status", "in", ["resolved", "muted"])
    .where("updated", "<", before)
    .where((where) =>
      where.or([where("body", "like", '%"question":%'), where("body", "like", '%"notes":%')]),
    )
    .execute();
  let emptied = 0;
  for (const row of rows) {
    const rest = withoutWords(readCase(row), row.before);
    if (!rest) continue;
    const body = JSON.stringify(rest);
    await db.updateTable("cases").set({ body }).where("id", "=", row.id).execute();
    emptied += 1;
  }
  return emptied;
}

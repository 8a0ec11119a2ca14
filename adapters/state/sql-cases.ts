import { sql } from "kysely";
import type { Case } from "../../src/case.ts";
import { type Address, addressKey, type Person } from "../../src/message.ts";
import { ownerKey, personKey } from "./person-key.ts";
import type { Database, Store } from "./tables.ts";

type Row = { body: string; address: string };

/** The newest case that lives at a place, else the one that is linked to it. */
export async function caseAt(db: Database, place: Address): Promise<Case | undefined> {
  const key = addressKey(place);
  const living = await db
    .selectFrom("cases")
    .select(["body", "address"])
    .where("place", "=", key)
    .orderBy("placed", "desc")
    .limit(1)
    .executeTakeFirst();
  if (living) return readCase(living);
  const linked = await db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .select(["cases.body", "cases.address"])
    .where("links.place", "=", key)
    .executeTakeFirst();
  return linked && readCase(linked);
}

/** A case by its id. */
export async function caseById(db: Database, id: string): Promise<Case | undefined> {
  const row = await db
    .selectFrom("cases")
    .select(["body", "address"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && readCase(row);
}

/** The cases of an incident or of a person, oldest first. */
export async function casesOf(
  db: Database,
  filter: { incident: string } | { owner: Person },
): Promise<Case[]> {
  const rows = await db
    .selectFrom("cases")
    .select(["body", "address"])
    .where((of) =>
      "incident" in filter
        ? of("incident", "=", filter.incident)
        : of("owner", "=", personKey(filter.owner)),
    )
    .orderBy("placed")
    .execute();
  return rows.map(readCase).toSorted((a, b) => a.openedAt - b.openedAt);
}

/** Writes a case that was decided on `expected`; false when it is not at that version. */
export async function writeCase(store: Store, next: Case, expected: number): Promise<boolean> {
  const { db } = store;
  const written = {
    version: expected + 1,
    updated: next.updatedAt,
    status: next.status,
    incident: next.incident ?? null,
    body: JSON.stringify({ ...next, version: expected + 1 }),
  };
  if (expected > 0) {
    const { numUpdatedRows } = await db
      .updateTable("cases")
      .set(written)
      .where("id", "=", next.id)
      .where("version", "=", expected)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("cases")
    .values({
      ...written,
      id: next.id,
      place: addressKey(next.address),
      placed: await nextPlaced(store),
      address: JSON.stringify(next.address),
      owner: ownerKey(next),
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Moves a case to another place. */
export async function moveCase(store: Store, id: string, address: Address): Promise<void> {
  const placed = await nextPlaced(store);
  await store.db
    .updateTable("cases")
    .set({ place: addressKey(address), placed, address: JSON.stringify(address) })
    .where("id", "=", id)
    .execute();
}

/** Makes a case the one that is found first where it lives; writes nothing where it is that already. */
export async function frontCase(store: Store, id: string): Promise<void> {
  const newer = await store.db
    .selectFrom("cases as own")
    .innerJoin("cases as other", "other.place", "own.place")
    .select("other.id")
    .where("own.id", "=", id)
    .whereRef("other.placed", ">", "own.placed")
    .limit(1)
    .executeTakeFirst();
  if (!newer) return;
  const placed = await nextPlaced(store);
  await store.db.updateTable("cases").set({ placed }).where("id", "=", id).execute();
}

/** Makes a case reachable from another place too. */
export async function linkCase({ db }: Store, id: string, address: Address): Promise<void> {
  await db
    .insertInto("links")
    .values({ place: addressKey(address), case_id: id })
    .onConflict((conflict) => conflict.column("place").doUpdateSet({ case_id: id }))
    .execute();
}

/** A number that no case had. */
export async function nextCaseNumber(db: Database): Promise<number> {
  const { number } = await db
    .updateTable("last_case")
    .set((of) => ({ number: of("number", "+", 1) }))
    .returning("number")
    .executeTakeFirstOrThrow();
  return number;
}

async function nextPlaced({ db }: Store): Promise<number> {
  const { placed } = await db
    .updateTable("last_case")
    .set({ placed: sql<number>`placed + 1` })
    .returning("placed")
    .executeTakeFirstOrThrow();
  return placed;
}

/** The case of a row: its address is the column's, which moves on its own. */
export function readCase({ body, address }: Row): Case {
  return { ...(JSON.parse(body) as Case), address: JSON.parse(address) as Address };
}

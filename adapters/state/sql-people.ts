import { sql } from "kysely";
import type { Person } from "../../src/message.ts";
import { CASE_ERASED } from "../../src/past.ts";
import type { Incident, PersonalData } from "../../src/state.ts";
import { tombstone, withoutDeclarer, withoutHelper, wordless } from "./forget.ts";
import { personKey, personOfKey, tenantsIn } from "./person-key.ts";
import { casesOf, readCase } from "./sql-cases.ts";
import { findEvents, keepIncident, languageOf } from "./sql-records.ts";
import type { Database, Store } from "./tables.ts";

/** Everything that is kept about a person. */
export async function exportPerson(db: Database, person: Person): Promise<PersonalData> {
  const language = await languageOf(db, person);
  const { messages } = await db
    .selectFrom("inbox")
    .select((of) => of.fn.countAll<number>().as("messages"))
    .where("body", "is not", null)
    .where("person", "=", personKey(person))
    .executeTakeFirstOrThrow();
  return {
    cases: await casesOf(db, { owner: person }),
    events: await findEvents(db, { from: 0, by: person }),
    ...(language ? { language } : {}),
    messages,
  };
}

/** The tenants in which somebody with this id left something. */
export async function tenantsOf(db: Database, platform: string, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom("events")
    .select("person")
    .union(db.selectFrom("cases").select("owner as person"))
    .union(db.selectFrom("inbox").select("person"))
    .union(db.selectFrom("outbox").select("person"))
    .execute();
  const wishes = await db.selectFrom("wishes").selectAll().where("person", "=", id).execute();
  const people = [
    ...rows.map(({ person }) => personOfKey(person ?? "")),
    ...wishes.map(({ person, ...wish }) => ({ ...wish, id: person })),
  ];
  return tenantsIn(people, platform, id);
}

/** Forgets a person; returns the number of rows changed. */
export async function erasePerson(store: Store, person: Person): Promise<number> {
  await buryCases(store, person);
  const removed = await removeRows(store, person);
  const others = await leaveCases(store, person);
  const events = await buryEvents(store, person);
  return removed + others + events + (await leaveIncidents(store, person));
}

async function removeRows({ db }: Store, person: Person): Promise<number> {
  const key = personKey(person);
  const theirs = db.selectFrom("cases").select("id").where("owner", "=", key);
  const gone = [
    await db
      .deleteFrom("outbox")
      .where((of) => of.or([of("person", "=", key), of("case_id", "in", theirs)]))
      .executeTakeFirst(),
    await db
      .deleteFrom("inbox")
      .where("body", "is not", null)
      .where((of) => of.or([of("person", "=", key), of("case_id", "in", theirs)]))
      .executeTakeFirst(),
    await db
      .deleteFrom("wishes")
      .where("platform", "=", person.platform)
      .where("tenant", "=", person.tenant)
      .where("person", "=", person.id)
      .executeTakeFirst(),
    await db.deleteFrom("links").where("case_id", "in", theirs).executeTakeFirst(),
    await db.deleteFrom("cases").where("owner", "=", key).executeTakeFirst(),
  ];
  return gone.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
}

async function leaveCases({ db }: Store, person: Person): Promise<number> {
  const rows = await db
    .selectFrom("cases")
    .select(["id", "body", "address"])
    .where(sql<boolean>`replace(body, ${JSON.stringify(person.id)}, '') <> body`)
    .execute();
  let changed = 0;
  for (const row of rows) {
    const without = withoutHelper(readCase(row), person);
    if (!without) continue;
    const body = JSON.stringify(without);
    await db.updateTable("cases").set({ body }).where("id", "=", row.id).execute();
    changed += 1;
  }
  return changed;
}

async function buryEvents({ db }: Store, person: Person): Promise<number> {
  const rows = await db
    .selectFrom("events")
    .select(["seq", "at", "what", "detail"])
    .where("person", "=", personKey(person))
    .execute();
  for (const { seq, at, what, detail } of rows) {
    const stone = tombstone({ at, what, detail: JSON.parse(detail) as Record<string, string> });
    const set = { person: null, detail: JSON.stringify(stone.detail) };
    await db.updateTable("events").set(set).where("seq", "=", seq).execute();
  }
  return rows.length;
}

/** Of each case remains that it was erased; what others noted in it loses its words. */
async function buryCases({ db, now }: Store, person: Person): Promise<void> {
  const owned = db.selectFrom("cases").select("id").where("owner", "=", personKey(person));
  const noted = await db
    .selectFrom("events")
    .select(["seq", "at", "what", "detail"])
    .where("case_id", "in", owned)
    .execute();
  for (const { seq, at, what, detail } of noted) {
    const kept = wordless({ at, what, detail: JSON.parse(detail) as Record<string, string> });
    const set = { detail: JSON.stringify(kept.detail) };
    if (set.detail === detail) continue;
    await db.updateTable("events").set(set).where("seq", "=", seq).execute();
  }
  for (const { id } of await owned.execute()) {
    const event = { case_id: id, person: null, what: CASE_ERASED, entry: null, detail: "{}" };
    await db
      .insertInto("events")
      .values({ ...event, at: now() })
      .execute();
  }
}

async function leaveIncidents(store: Store, person: Person): Promise<number> {
  const rows = await store.db.selectFrom("incidents").select("body").execute();
  const declared = rows
    .map(({ body }) => JSON.parse(body) as Incident)
    .filter(({ by }) => personKey(by) === personKey(person));
  for (const incident of declared) await keepIncident(store, withoutDeclarer(incident));
  return declared.length;
}

import type { Language } from "../../src/language.ts";
import type { Person } from "../../src/message.ts";
import type { CaseEvent, EventFilter, Incident } from "../../src/state.ts";
import { personKey, personOfKey } from "./person-key.ts";
import type { Database, Store } from "./tables.ts";

/** Writes an event down. */
export async function addEvent({ db }: Store, event: CaseEvent): Promise<void> {
  const { at, by, what, detail } = event;
  await db
    .insertInto("events")
    .values({
      case_id: event.case ?? null,
      at,
      person: by ? personKey(by) : null,
      what,
      entry: detail.entry ?? null,
      detail: JSON.stringify(detail),
    })
    .execute();
}

/** The events that fit, newest last. */
export async function findEvents(db: Database, filter: EventFilter): Promise<CaseEvent[]> {
  const { from, to, what, by, entry, limit, case: id } = filter;
  if (what?.length === 0) return [];
  let query = db.selectFrom("events").selectAll().where("at", ">=", from);
  if (to !== undefined) query = query.where("at", "<", to);
  if (what !== undefined) query = query.where("what", "in", what);
  if (by !== undefined) query = query.where("person", "=", personKey(by));
  if (id !== undefined) query = query.where("case_id", "=", id);
  if (entry !== undefined) query = query.where("entry", "=", entry);
  if (limit !== undefined) query = query.limit(limit);
  const rows = await query.orderBy("at", "desc").orderBy("seq", "desc").execute();
  return rows.toReversed().map((row) => ({
    at: row.at,
    ...(row.case_id === null ? {} : { case: row.case_id }),
    ...(row.person === null ? {} : { by: personOfKey(row.person) }),
    what: row.what,
    detail: JSON.parse(row.detail) as Record<string, string>,
  }));
}

/** Stores an incident, new or changed. */
export async function keepIncident({ db }: Store, incident: Incident): Promise<void> {
  const state = { ended: incident.endedAt ?? null, body: JSON.stringify(incident) };
  await db
    .insertInto("incidents")
    .values({ id: incident.id, at: incident.at, ...state })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(state))
    .execute();
}

/** The incidents that have not ended, oldest first. */
export async function openIncidents(db: Database): Promise<Incident[]> {
  const rows = await db
    .selectFrom("incidents")
    .select("body")
    .where("ended", "is", null)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Incident);
}

/** Keeps a person's wish for a language. */
export async function keepWish(
  { db, now }: Store,
  { platform, tenant, id }: Person,
  language: Language,
): Promise<void> {
  await db
    .insertInto("wishes")
    .values({ platform, tenant, person: id, language, at: now() })
    .onConflict((conflict) =>
      conflict.columns(["platform", "tenant", "person"]).doUpdateSet({ language, at: now() }),
    )
    .execute();
}

/** The language that a person wished for. */
export async function languageOf(
  db: Database,
  { platform, tenant, id }: Person,
): Promise<Language | undefined> {
  const row = await db
    .selectFrom("wishes")
    .select("language")
    .where("platform", "=", platform)
    .where("tenant", "=", tenant)
    .where("person", "=", id)
    .executeTakeFirst();
  return row?.language as Language | undefined;
}

import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type { Case } from "../../src/case.ts";
import { type Message, personOf } from "../../src/message.ts";
import type { Outgoing } from "../../src/state.ts";
import { ownerKey, personKey } from "./person-key.ts";
import { StateError } from "./state-error.ts";
import type { Database, Tables } from "./tables.ts";

/** How each database writes a whole number of 64 bits and a number that rises by itself. */
export type Words = { int: string; counter: string };

/** The number of the newest schema. */
export const SCHEMA = 2;

/**
 * Brings a database to the newest schema; safe when several processes start at once. Throws a StateError when a newer
 * Hexdesk wrote it. A released migration is never edited: a change is a new one at the end.
 */
export async function migrate(db: Database, words: Words, name: string): Promise<void> {
  const migrations: Record<string, Migration> = {
    "1": { up: (trx) => run(trx, tables(words)) },
    "2": { up: (trx) => handOvers(trx, words) },
  };
  const newer = (await applied(db)).find((each) => migrations[each] === undefined);
  if (newer !== undefined) throw new StateError(writtenByNewer(name, newer));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    allowUnorderedMigrations: true,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** What to say about a database of a newer release. */
export function writtenByNewer(name: string, schema: string | number): string {
  return `the database ${name} was written by a newer Hexdesk (schema ${schema}; this one knows ${SCHEMA}). Start the newer release, or restore the backup made before the upgrade.`;
}

async function applied(db: Database): Promise<string[]> {
  const found = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!found.some(({ name }) => name === "kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** `if not exists`: a SQLite file of the first release has these tables, but no record of migrations. */
function tables({ int, counter }: Words): string[] {
  const create = (name: string, columns: string) =>
    `create table if not exists ${name} (${columns})`;
  return [
    create("seen", `key text primary key, at ${int} not null`),
    create(
      "inbox",
      `seq ${counter}, id text not null unique, thread text not null, arrived ${int} not null,
       body text, lease ${int} not null default 0`,
    ),
    "create index if not exists inbox_waiting on inbox (thread, seq) where body is not null",
    create(
      "cases",
      `id text primary key, place text not null, placed ${int} not null unique,
       version ${int} not null, updated ${int} not null, body text not null`,
    ),
    "create index if not exists cases_place on cases (place, placed)",
    create(
      "events",
      `seq ${counter}, case_id text, at ${int} not null, who text not null, what text not null,
       detail text not null`,
    ),
    create(
      "outbox",
      `seq ${counter}, id text not null unique, message text not null, lane text not null,
       made ${int} not null, body text, updates text, opens text, once ${int} not null,
       due ${int} not null, lease ${int}, attempt ${int} not null default 0,
       unknown ${int} not null default 0, ref text`,
    ),
    "create index if not exists outbox_message on outbox (message) where body is not null",
    create(
      "wishes",
      `platform text not null, tenant text not null, person text not null,
       language text not null, at ${int} not null, primary key (platform, tenant, person)`,
    ),
    create("last_case", `number ${int} not null`),
    "insert into last_case select 1000 where not exists (select 1 from last_case)",
  ];
}

/** Timers, links, incidents, dead letters, and who a row is about. */
async function handOvers(db: Kysely<unknown>, { int, counter }: Words): Promise<void> {
  await run(db, [
    `alter table inbox add column due ${int} not null default 0`,
    `alter table inbox add column attempt ${int} not null default 0`,
    "alter table inbox add column person text",
    "alter table inbox add column case_id text",
    "alter table cases add column address text not null default ''",
    "alter table cases add column owner text not null default ''",
    "alter table cases add column status text not null default ''",
    "alter table cases add column incident text",
    "create index cases_owner on cases (owner)",
    "create index cases_incident on cases (incident) where incident is not null",
    "create table links (place text primary key, case_id text not null)",
    "create index links_case on links (case_id)",
    "alter table events rename to events_1",
    `create table events (seq ${counter}, case_id text, at ${int} not null, person text,
      what text not null, entry text, detail text not null)`,
    "alter table outbox add column links text",
    "alter table outbox add column case_id text",
    "alter table outbox add column person text not null default ''",
    "alter table outbox add column dead text",
    `alter table outbox add column died ${int}`,
    "drop index if exists outbox_waiting",
    "create index outbox_waiting on outbox (lane, seq) where body is not null and dead is null",
    `create table incidents (id text primary key, at ${int} not null, ended ${int}, body text not null)`,
    `alter table last_case add column placed ${int} not null default 0`,
    "update last_case set placed = (select coalesce(max(placed), 0) from cases)",
  ]);
  await fill(db as Kysely<Tables & { events_1: OldEvent }>);
  await run(db, [
    "drop table events_1",
    "create index events_at on events (at, seq)",
    "create index events_person on events (person) where person is not null",
  ]);
}

type OldEvent = {
  seq: number;
  case_id: string;
  at: number;
  who: string;
  what: string;
  detail: string;
};

async function fill(db: Kysely<Tables & { events_1: OldEvent }>): Promise<void> {
  for (const { seq, body } of await db.selectFrom("inbox").select(["seq", "body"]).execute()) {
    if (body === null) continue;
    const person = personKey(personOf(JSON.parse(body) as Message));
    await db.updateTable("inbox").set({ person }).where("seq", "=", seq).execute();
  }
  for (const { seq, body } of await db.selectFrom("outbox").select(["seq", "body"]).execute()) {
    if (body === null) continue;
    const { source } = JSON.parse(body) as Pick<Outgoing, "source">;
    const person = personKey({ ...source.address, id: source.asker });
    await db.updateTable("outbox").set({ person }).where("seq", "=", seq).execute();
  }
  const cases = new Map<string, Case>();
  for (const { id, body } of await db.selectFrom("cases").select(["id", "body"]).execute()) {
    const at = JSON.parse(body) as Case;
    cases.set(id, at);
    const address = JSON.stringify(at.address);
    const set = { address, owner: ownerKey(at), status: at.status };
    await db.updateTable("cases").set(set).where("id", "=", id).execute();
  }
  for (const { who, ...event } of await db.selectFrom("events_1").selectAll().execute()) {
    const address = cases.get(event.case_id)?.address;
    const { entry = null } = JSON.parse(event.detail) as { entry?: string };
    const person = address ? personKey({ ...address, id: who }) : null;
    await db
      .insertInto("events")
      .values({ ...event, entry, person })
      .execute();
  }
}

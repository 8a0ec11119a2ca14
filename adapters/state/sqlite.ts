import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import {
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from "kysely";
import type { Clock } from "../../src/clock.ts";
import type { StateStore } from "../../src/state.ts";
import { migrate, SCHEMA } from "./migrations.ts";
import { createSqlState } from "./sql-state.ts";
import { holdAlone } from "./sqlite-alone.ts";
import { isBusy, openDatabase, refused } from "./sqlite-open.ts";
import type { Tables } from "./tables.ts";

const WORDS = { int: "integer", counter: "integer primary key autoincrement" };

/**
 * The store for one process on one machine: one file, no server. Writes are on the disk when a method resolves. Throws a
 * StateError when the file cannot be used; a file that is refused is left as it was.
 */
export async function openSqliteState(options: {
  path: string;
  clock: Clock;
}): Promise<StateStore> {
  const { path, clock } = options;
  const { file, db } = await openInTurn(path, clock);
  const alone = holdAlone(path);
  return createSqlState({
    db,
    patient: db,
    clock,
    now: () => sql<number>`${clock.now()}`,
    shared: false,
    isPassing: isBusy,
    isAlone: () => alone !== undefined,
    tidy: () => emptyLog(file, clock),
    close: async () => {
      file.exec("pragma wal_checkpoint(truncate)");
      await db.destroy();
      alone?.release();
    },
  });
}

/** Opens the file and brings it up to date; another process that does the same needs a moment. */
async function openInTurn(path: string, clock: Clock) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openCurrent(path);
    } catch (error) {
      if (!isBusy(error) || tries === 20) throw refused(error, path);
      await clock.sleep(50);
    }
  }
}

async function openCurrent(path: string) {
  const file = openDatabase(path);
  const db = new Kysely<Tables>({ dialect: dialectOf(file) });
  try {
    await migrate(db, WORDS, path);
    file.exec(`pragma user_version = ${SCHEMA}`);
    return { file, db };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Overwrites the log, which still holds what was deleted; another process may be reading in it for a moment. */
async function emptyLog(file: DatabaseSync, clock: Clock): Promise<void> {
  for (let tries = 1; tries <= 20; tries += 1) {
    if (file.prepare("pragma wal_checkpoint(truncate)").get()?.busy === 0) return;
    await clock.sleep(50);
  }
}

function dialectOf(file: DatabaseSync) {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => new SqliteDriver({ database: adapted(file) }),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** All migrations of one start are one transaction: SQLite can take a change of tables back. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * node:sqlite in the shape that Kysely expects. A transaction takes the write lock at its beginning; one that SQLite took
 * back itself (disk full, input/output error) is not taken back again, which would hide why.
 */
function adapted(file: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(text) {
      const known = prepared.get(text);
      if (known) return known;
      const statement = file.prepare(text === "begin" ? "begin immediate" : text);
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      const made: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) =>
          text === "rollback" && !file.isTransaction
            ? { changes: 0, lastInsertRowid: 0 }
            : statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
      if (prepared.size === KEPT) prepared.clear();
      prepared.set(text, made);
      return made;
    },
  };
}

/** How many compiled statements are kept: the store has fewer, but lists in a query make new ones. */
const KEPT = 200;

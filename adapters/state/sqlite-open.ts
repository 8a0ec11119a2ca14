import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SCHEMA, writtenByNewer } from "./migrations.ts";
import { StateError } from "./state-error.ts";
import type { Trouble } from "./watch.ts";

/** Marks a database file as Hexdesk's own (SQLite's application_id): "HXDK". */
const APPLICATION_ID = 0x4858444b;

/** SQLite's result codes, https://sqlite.org/rescode.html, read 2026-11. */
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Opens or creates the database file and checks it. Throws a StateError, or SQLite's own error for `refused`. */
export function openDatabase(path: string): DatabaseSync {
  makeFile(path);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: 250 });
    check(db, path);
    db.exec("pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on");
    db.exec(`pragma application_id = ${APPLICATION_ID}`);
    return db;
  } catch (error) {
    db?.close();
    throw error;
  }
}

/** The error as a StateError in plain words. */
export function refused(error: unknown, path: string): StateError {
  return error instanceof StateError ? error : new StateError(plainWords(error, path));
}

/** What an error of an open database means; undefined for one that is not the database's. */
export function sqliteTrouble(error: unknown): Trouble | undefined {
  switch (errorCode(error)) {
    case BUSY:
      return "database-locked";
    case READONLY:
      return "database-read-only";
    case FULL:
      return "database-full";
    case CORRUPT:
    case NOTADB:
      return "database-damaged";
    case IOERR:
    case CANTOPEN:
      return "database-away";
    default:
      return undefined;
  }
}

/** True when another process holds the lock: the write is worth another try. */
export function isBusy(error: unknown): boolean {
  return errorCode(error) === BUSY;
}

function makeFile(path: string): void {
  try {
    closeSync(openSync(path, "a", 0o600));
  } catch (error) {
    throw new StateError(plainWords(error, path));
  }
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (statSync(path).size > 0 || !wal || wal.size === 0) return;
  throw new StateError(
    `the database ${path} is empty, but its log ${path}-wal is not: data was lost. Restore both files from a backup, or move both away to start anew.`,
  );
}

function check(db: DatabaseSync, path: string): void {
  const finding = Object.values(db.prepare("pragma quick_check(1)").get() ?? {})[0];
  if (finding !== "ok") throw new StateError(damaged(path, String(finding)));
  const tables = numberOf(db, "select count(*) as n from sqlite_schema");
  const owner = numberOf(db, "pragma application_id");
  const version = numberOf(db, "pragma user_version");
  if (tables > 0 && owner !== APPLICATION_ID) {
    throw new StateError(
      `${path} is a database of another program. Set DATABASE_URL to a file of Hexdesk's own, for example sqlite:./hexdesk.db.`,
    );
  }
  if (version > SCHEMA) throw new StateError(writtenByNewer(path, version));
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0]);
}

function plainWords(error: unknown, path: string): string {
  const code = errorCode(error);
  if (code === "ENOENT" && existsSync(dirname(path))) {
    return `no file can be made in ${dirname(path)} for the database ${path}. Set DATABASE_URL to another place.`;
  }
  if (code === "ENOENT") {
    return `the folder ${dirname(path)} of the database does not exist. Create it, or set DATABASE_URL to another place.`;
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === READONLY) {
    return `no permission to write the database ${path}. Give the user that runs Hexdesk write access to the file and its folder, or set DATABASE_URL to another place.`;
  }
  if (code === "EISDIR") return `the database ${path} is a folder. Set DATABASE_URL to a file.`;
  if (code === CANTOPEN) {
    return `the database ${path} cannot be opened. The user that runs Hexdesk needs write access to the file and to its folder.`;
  }
  if (code === NOTADB) {
    return `${path} is not a database. It was left as it is; set DATABASE_URL to another file, or restore a backup.`;
  }
  if (code === CORRUPT) return damaged(path, messageOf(error));
  if (code === BUSY) {
    return `another process keeps the database ${path} locked. Stop the other one, or give this one its own file.`;
  }
  if (code === FULL || code === "ENOSPC") {
    return `no room left on the disk of the database ${path}. Free some, then start again.`;
  }
  return `the database ${path} cannot be opened: ${messageOf(error)}`;
}

function damaged(path: string, finding: string): string {
  return `the database ${path} is damaged (${finding}). It was left as it is; stop every process that uses it and restore a backup, or move it away to start anew.`;
}

function errorCode(error: unknown): string | number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 0xff;
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

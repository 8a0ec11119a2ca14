import type { DatabaseSync, StatementSync } from "node:sqlite";

/** The prepared statements of the SQLite store, by what they do. */
export type Statements = Record<keyof typeof SQL, StatementSync>;

/** Compiles every statement once. */
export function prepareStatements(db: DatabaseSync): Statements {
  const entries = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]);
  return Object.fromEntries(entries) as Statements;
}

const LEASED = "returning body, attempt, unknown";

const SQL = {
  see: "insert into seen (key, at) values (?, ?) on conflict do nothing",
  receive:
    "insert into inbox (id, thread, arrived, body, lease) values (?, ?, ?, ?, ?) on conflict do nothing",
  waits: "select 1 from inbox where id = ? and body is not null",
  finish: "update inbox set body = null, lease = 0 where id = ?",
  claim: `
    update inbox set lease = :lease where seq = (
      select seq from inbox as i
      where body is not null and lease <= :now
        and not exists (
          select 1 from inbox as e where e.body is not null and e.thread = i.thread and e.seq < i.seq)
      order by seq limit 1)
    returning body`,

  caseAt: "select body from cases where place = ? order by placed desc limit 1",
  caseById: "select body from cases where id = ?",
  addCase: `
    insert into cases (id, place, placed, version, updated, body)
    values (?, ?, (select coalesce(max(placed), 0) + 1 from cases), ?, ?, ?)`,
  updateCase: "update cases set version = ?, updated = ?, body = ? where id = ?",
  moveCase: `
    update cases set place = ?, placed = (select max(placed) + 1 from cases), body = ? where id = ?`,
  nextCase: "update last_case set number = number + 1 returning number",
  addEvent: "insert into events (case_id, at, who, what, detail) values (?, ?, ?, ?, ?)",
  wish: "select language from wishes where platform = ? and tenant = ? and person = ?",
  keepWish: `
    insert into wishes (platform, tenant, person, language, at) values (?, ?, ?, ?, ?)
    on conflict do update set language = excluded.language, at = excluded.at`,

  addDelivery: `
    insert into outbox (id, message, lane, made, body, updates, opens, once, due)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  /** A lease that ran out: nobody knows whether it was posted. */
  expire: "update outbox set lease = null, unknown = 1 where body is not null and lease <= ?",
  expireOnce: "update outbox set body = null where once = 1 and body is not null and lease <= ?",
  lease: `
    update outbox set lease = :lease, attempt = attempt + 1 where seq = (
      select seq from outbox as o
      where body is not null and lease is null and due <= :now
        and not exists (
          select 1 from outbox as e where e.body is not null and e.lane = o.lane and e.seq < o.seq)
        and not exists (
          select 1 from outbox as u where u.body is not null and u.id = o.updates)
      order by seq limit 1) ${LEASED}`,
  leaseOf: `
    update outbox set lease = :lease, attempt = attempt + 1 where seq = (
      select seq from outbox
      where body is not null and lease is null and message = :of
      order by seq limit 1) ${LEASED}`,
  refOf: "select ref from outbox where id = ?",
  posted: "update outbox set body = null, ref = coalesce(?, ref) where id = ? returning opens",
  giveUp: "update outbox set body = null where id = ?",
  retry: `
    update outbox set lease = null, due = :due, unknown = max(unknown, :unknown),
      body = case when once = 1 and max(unknown, :unknown) = 1 then null else body end
    where id = :id`,
} as const;

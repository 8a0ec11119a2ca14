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
    "insert into inbox (id, thread, arrived, body, lease, due, person, case_id) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
  waits: "select 1 from inbox where id = ? and body is not null",
  finish: "update inbox set body = null, lease = 0 where id = ?",
  claim: `
    update inbox set lease = :lease, attempt = attempt + 1 where seq = (
      select seq from inbox as i
      where body is not null and lease <= :now and due <= :now
        and not exists (
          select 1 from inbox as e
          where e.body is not null and e.thread = i.thread and e.lease > :now)
      order by due, seq limit 1)
    returning body, attempt`,

  caseAt: "select body from cases where place = ? order by placed desc limit 1",
  caseById: "select body from cases where id = ?",
  addCase: `
    insert into cases (id, place, placed, version, updated, body, owner, incident)
    values (?, ?, (select coalesce(max(placed), 0) + 1 from cases), ?, ?, ?, ?, ?)`,
  updateCase: "update cases set version = ?, updated = ?, body = ?, incident = ? where id = ?",
  rewriteCase: "update cases set body = ? where id = ?",
  casesOfOwner: "select body from cases where owner = ? order by placed",
  casesOfIncident: "select body from cases where incident = ? order by placed",
  casesWith: "select body from cases where instr(body, ?) > 0",
  deleteCase: "delete from cases where id = ?",
  linked: "select c.body from links as l join cases as c on c.id = l.case_id where l.place = ?",
  link: "insert into links (place, case_id) values (?, ?) on conflict do update set case_id = excluded.case_id",
  unlink: "delete from links where case_id = ?",
  moveCase: `
    update cases set place = ?, placed = (select max(placed) + 1 from cases), body = ? where id = ?`,
  nextCase: "update last_case set number = number + 1 returning number",
  addEvent:
    "insert into events (case_id, at, person, what, entry, detail) values (?, ?, ?, ?, ?, ?)",
  wish: "select language from wishes where platform = ? and tenant = ? and person = ?",
  keepWish: `
    insert into wishes (platform, tenant, person, language, at) values (?, ?, ?, ?, ?)
    on conflict do update set language = excluded.language, at = excluded.at`,

  addDelivery: `
    insert into outbox (id, message, lane, made, body, updates, opens, links, once, due, case_id, person)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  /** A lease that ran out: nobody knows whether it was posted. */
  expired:
    "select id from outbox where body is not null and dead is null and once = 1 and lease <= ?",
  expire:
    "update outbox set lease = null, unknown = 1 where body is not null and dead is null and lease <= ?",
  lease: `
    update outbox set lease = :lease, attempt = attempt + 1 where seq = (
      select seq from outbox as o
      where body is not null and dead is null and lease is null and due <= :now
        and not exists (
          select 1 from outbox as e
          where e.body is not null and e.dead is null and e.lane = o.lane and e.seq < o.seq)
        and not exists (
          select 1 from outbox as u
          where u.body is not null and u.dead is null and u.id = o.updates)
      order by seq limit 1) ${LEASED}`,
  leaseOf: `
    update outbox set lease = :lease, attempt = attempt + 1 where seq = (
      select seq from outbox
      where body is not null and dead is null and lease is null and message = :of
      order by seq limit 1) ${LEASED}`,
  refOf: "select ref from outbox where id = ?",
  posted:
    "update outbox set body = null, ref = coalesce(?, ref) where id = ? returning opens, links",
  waiting:
    "select body, case_id, once, unknown from outbox where id = ? and body is not null and dead is null",
  giveUp: `
    update outbox set lease = null, unknown = :unknown, dead = :reason, died = :at,
      body = case when once = 1 then body else null end
    where id = :id`,
  retry: "update outbox set lease = null, due = :due, unknown = :unknown where id = :id",
  dead: "select body, unknown, dead, died from outbox where dead is not null and body is not null order by seq",
  recoverInbox: "update inbox set lease = 0 where body is not null",
  recoverOutbox:
    "update outbox set lease = :now where body is not null and dead is null and lease is not null",
  recoverHeld:
    "update outbox set due = :now where body is not null and dead is null and attempt = 0 and due > :now",

  keepIncident: `
    insert into incidents (id, at, ended, body) values (?, ?, ?, ?)
    on conflict do update set ended = excluded.ended, body = excluded.body`,
  openIncidents: "select body from incidents where ended is null order by at, id",
  allIncidents: "select body from incidents",
  events: `
    select case_id, at, person, what, detail from (
      select * from events
      where at >= :from and at < :to
        and (:what is null or what in (select value from json_each(:what)))
        and (:person is null or person = :person)
        and (:entry is null or entry = :entry)
      order by at desc, seq desc limit :limit)
    order by at, seq`,
  eventsOf: "select seq, detail from events where person = ?",
  bury: "update events set person = null, detail = ? where seq = ?",
  forgetInbox:
    "delete from inbox where body is not null and (person = :person or case_id in (select id from cases where owner = :person))",
  forgetOutbox:
    "delete from outbox where person = :person or case_id in (select id from cases where owner = :person)",
  forgetWish: "delete from wishes where platform = ? and tenant = ? and person = ?",
  waitingOf: "select count(*) as n from inbox where body is not null and person = ?",
} as const;

/**
 * The tables, as forward-only migrations: the file's `user_version` says how many were applied. A released migration is
 * never edited; a change is a new one at the end that the previous release can still read.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table seen (key text primary key, at integer not null) strict, without rowid;

  -- body is the whole message until it is committed, then null
  create table inbox (
    seq integer primary key autoincrement,
    id text not null unique,
    thread text not null,
    arrived integer not null,
    body text,
    lease integer not null default 0
  ) strict;
  create index inbox_waiting on inbox (thread, seq) where body is not null;

  -- placed rises whenever a case comes to a place: the highest one at a place is the case that lives there
  create table cases (
    id text primary key,
    place text not null,
    placed integer not null unique,
    version integer not null,
    updated integer not null,
    body text not null
  ) strict;
  create index cases_place on cases (place, placed);

  create table events (
    seq integer primary key autoincrement,
    case_id text,
    at integer not null,
    who text not null,
    what text not null,
    detail text not null
  ) strict;
  create index events_case on events (case_id, seq);

  -- body is the card and where it goes until it is posted or given up, then null; ref is the platform's id of the post
  create table outbox (
    seq integer primary key autoincrement,
    id text not null unique,
    message text not null,
    lane text not null,
    made integer not null,
    body text,
    updates text,
    opens text,
    once integer not null,
    due integer not null,
    lease integer,
    attempt integer not null default 0,
    unknown integer not null default 0,
    ref text
  ) strict;
  create index outbox_waiting on outbox (lane, seq) where body is not null;
  create index outbox_message on outbox (message) where body is not null;

  create table wishes (
    platform text not null,
    tenant text not null,
    person text not null,
    language text not null,
    at integer not null,
    primary key (platform, tenant, person)
  ) strict, without rowid;

  create table last_case (number integer not null) strict;
  insert into last_case values (1000);
  `,
  `
  -- a message waits until it is due (0: at once); attempt counts its claims; person is who sent it
  alter table inbox add column due integer not null default 0;
  alter table inbox add column attempt integer not null default 0;
  alter table inbox add column person text;
  alter table inbox add column case_id text;
  update inbox set person = json_extract(body, '$.address.platform') || char(10) ||
    json_extract(body, '$.address.tenant') || char(10) || json_extract(body, '$.from.id')
    where body is not null;

  alter table cases add column owner text;
  alter table cases add column incident text;
  update cases set owner = json_extract(body, '$.address.platform') || char(10) ||
    json_extract(body, '$.address.tenant') || char(10) || json_extract(body, '$.owner.id');
  create index cases_owner on cases (owner);
  create index cases_incident on cases (incident) where incident is not null;

  -- a case is also reached from here
  create table links (place text primary key, case_id text not null) strict, without rowid;

  create table events_2 (
    seq integer primary key autoincrement,
    case_id text,
    at integer not null,
    person text,
    what text not null,
    entry text,
    detail text not null
  ) strict;
  insert into events_2 select e.seq, e.case_id, e.at,
    (select substr(c.owner, 1, length(c.owner) - length(json_extract(c.body, '$.owner.id'))) || e.who
      from cases as c where c.id = e.case_id),
    e.what, json_extract(e.detail, '$.entry'), e.detail from events as e;
  drop table events;
  alter table events_2 rename to events;
  create index events_case on events (case_id, seq);
  create index events_at on events (at, seq);
  create index events_person on events (person) where person is not null;

  -- dead says why a delivery was given up; one that called a person keeps its body
  alter table outbox add column case_id text;
  alter table outbox add column person text;
  alter table outbox add column links text;
  alter table outbox add column dead text;
  alter table outbox add column died integer;
  drop index outbox_waiting;
  drop index outbox_message;
  create index outbox_waiting on outbox (lane, seq) where body is not null and dead is null;
  create index outbox_message on outbox (message) where body is not null and dead is null;

  create table incidents (id text primary key, at integer not null, ended integer, body text not null) strict;
  `,
];

import type { Generated, Kysely, RawBuilder, Transaction } from "kysely";

/**
 * The tables as both databases have them. Times are milliseconds since 1970, flags 0 or 1, `body` JSON; a person is
 * their `personKey`, a place an `addressKey`.
 */
export type Tables = {
  /** Dedupe keys of messages that came. */
  seen: { key: string; at: number };
  /** `body` is the whole message until it is committed, then null. `due` 0 is at once; `attempt` counts the claims. */
  inbox: {
    seq: Generated<number>;
    id: string;
    thread: string;
    arrived: number;
    body: string | null;
    lease: number;
    due: number;
    attempt: Generated<number>;
    person: string | null;
    case_id: string | null;
  };
  /** `address` counts, not the one in `body`. The highest `placed` at a place is the case that lives there. */
  cases: {
    id: string;
    place: string;
    placed: number;
    version: number;
    updated: number;
    address: string;
    owner: string;
    status: string;
    incident: string | null;
    body: string;
  };
  /** Places from which a case is also reached. */
  links: { place: string; case_id: string };
  events: {
    seq: Generated<number>;
    case_id: string | null;
    at: number;
    person: string | null;
    what: string;
    entry: string | null;
    detail: string;
  };
  /**
   * `body` is the card and where it goes until it is posted or given up, then null; `dead` says why it was given up, and
   * what called a person keeps its body then. `ref` is the platform's id of the post.
   */
  outbox: {
    seq: Generated<number>;
    id: string;
    message: string;
    lane: string;
    made: number;
    body: string | null;
    updates: string | null;
    opens: string | null;
    links: string | null;
    once: number;
    due: number;
    lease: number | null;
    attempt: Generated<number>;
    unknown: Generated<number>;
    ref: string | null;
    case_id: string | null;
    person: string;
    dead: string | null;
    died: number | null;
  };
  wishes: { platform: string; tenant: string; person: string; language: string; at: number };
  incidents: { id: string; at: number; ended: number | null; body: string };
  /** One row: the last number of a case, and of a case's arrival at a place. */
  last_case: { number: number; placed: number };
};

/** One transaction of a database, and what differs between the two: whose clock counts, and how rows are locked. */
export type Store = {
  db: Transaction<Tables>;
  /** Milliseconds since 1970 by the clock that all instances share. */
  now: () => RawBuilder<number>;
  /** True where several transactions run at once, so that rows have to be locked. */
  shared: boolean;
};

/** A database that is open. */
export type Database = Kysely<Tables>;

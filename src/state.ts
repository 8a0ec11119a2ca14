import type { Delivery } from "./card.ts";
import type { Case } from "./case.ts";
import type { Language } from "./language.ts";
import type { Address, Message, Person } from "./message.ts";

/**
 * Something that happened; stored once, never changed but by erasure, which leaves `at`, `what` and the facts of `detail`
 * (all but `text`) and takes `by` away. What no person did has no `by` either. `at` in milliseconds since 1970.
 */
export type CaseEvent = {
  at: number;
  case?: string;
  by?: Person;
  what: string;
  detail: Record<string, string>;
};

/** A disturbance that the helpdesk declared: `sentence` stands above answers about `entry` or `codes` until it ended. */
export type Incident = {
  id: string;
  platform?: string;
  entry?: string;
  codes: string[];
  sentence: string;
  by: Person & { name?: string };
  at: number;
  endedAt?: number;
};

/** A message in hand; `attempt` counts how often it was claimed, from 1: a high one kills whoever works on it. */
export type Claimed = { message: Message; attempt: number };

/** A delivery together with what a platform needs to send it. `updates` is the platform's id of the post to replace. */
export type Outgoing = {
  delivery: Delivery;
  source: Pick<Message, "id" | "address" | "surface" | "reply" | "card"> & { asker: string };
  attempt: number;
  /** True when an earlier attempt ended without a known outcome: look for the post before repeating it. */
  unknown: boolean;
  updates?: string;
};

/** How an attempt to deliver failed: worth another one at `retryAt`, or given up for a `reason`. */
export type Failure =
  | { retryAt: number; unknown: boolean; reason: string }
  | { dead: true; unknown: boolean; reason: string };

/** A delivery that called a person and was given up at `at`; kept until its retention is over. */
export type DeadLetter = { delivery: Delivery; at: number; unknown: boolean; reason: string };

/** What one decision writes, in one transaction. `language` is a wish of the person that is kept. */
export type Commit = {
  case?: Case;
  /** Version that `case` was decided on; 0 for a new case. */
  expectedVersion?: number;
  events: CaseEvent[];
  deliveries: Delivery[];
  /** Each waits in the inbox until its `at`, then it is claimed like any message. One that was there before is left out. */
  timers?: Message[];
  /** Declared, changed or ended. */
  incident?: Incident;
  language?: Language;
  /** Id of a case that spoke or was spoken to: from now on `loadCase` finds it first where it lives. */
  speaks?: string;
  /** Keeps the deliveries from any worker for so long: the caller of `nextDelivery(of)` sends them itself. */
  heldMs?: number;
};

/** Which events are meant: those that fit every given part; `to` is not included, `entry` is the event's detail.entry. */
export type EventFilter = {
  from: number;
  to?: number;
  case?: string;
  what?: readonly string[];
  by?: Person;
  entry?: string;
  /** The newest so many. */
  limit?: number;
};

/** Everything that is kept about one person; `messages` counts those that still wait for an answer. */
export type PersonalData = {
  cases: Case[];
  events: CaseEvent[];
  language?: Language;
  messages: number;
};

/**
 * Everything Hexdesk remembers. Every method is atomic; `now` values come from the injected clock of the store.
 * A message is `new` once for all of its dedupe keys; its text is overwritten when it is committed.
 */
export type StateStore = {
  /** `heldMs` keeps the message from being claimed for so long: the caller decides about it itself. */
  receive(message: Message, heldMs?: number): Promise<"new" | "duplicate">;
  /**
   * Leases the oldest waiting message, at most one per thread at a time, in order of arrival (timers when they are due,
   * after what people wrote); undefined when there is none. A lease that runs out makes the message claimable again.
   */
  claim(owner: string, leaseMs: number): Promise<Claimed | undefined>;
  /** The case that lives at `address`, of several the newest or the one that spoke since; else the one that is linked to it. */
  loadCase(address: Address): Promise<Case | undefined>;
  findCase(id: string): Promise<Case | undefined>;
  /** The cases of an incident or of a person, oldest first. */
  casesOf(filter: { incident: string } | { owner: Person }): Promise<Case[]>;
  /** A number nobody has had: the n of `HD-n` and `IN-n`, from 1001 up. Gaps are harmless. */
  nextCaseNumber(): Promise<number>;
  /**
   * Writes a decision and finishes the message; `conflict` when the case is no longer at `expectedVersion`. The case is
   * stored as version `expectedVersion` + 1; one that exists keeps its address, which only `sent` changes. A message that
   * was finished before is left as it is: "ok", nothing written.
   */
  commit(message: Message, commit: Commit): Promise<"ok" | "conflict">;
  /** Leases the next delivery that is due (at most one per thread at a time, in order). With `of` the next one that message caused, due or held. */
  nextDelivery(owner: string, leaseMs: number, of?: string): Promise<Outgoing | undefined>;
  /** Notes the platform's id of the post; `address` is the new thread when the delivery opens or links a case there. */
  sent(deliveryId: string, ref: string | undefined, address?: Address): Promise<void>;
  /**
   * Tries again, or gives up. What calls a person is given up also when nobody knows whether it arrived, and whenever it
   * is given up a message with the timer "undelivered" comes where the delivery was decided.
   */
  failed(deliveryId: string, failure: Failure): Promise<void>;
  /** Frees at once what a process that died had leased, where no other process can be at work on it. */
  recover(): Promise<void>;
  deadLetters(): Promise<DeadLetter[]>;
  /** The events that fit, newest last. */
  events(filter: EventFilter): Promise<CaseEvent[]>;
  /** The incidents that have not ended, oldest first. */
  incidents(): Promise<Incident[]>;
  languageOf(person: Person): Promise<Language | undefined>;
  /** The tenants of a platform in which somebody with this id left something, sorted. */
  tenantsOf(platform: string, id: string): Promise<string[]>;
  exportPerson(person: Person): Promise<PersonalData>;
  /**
   * Forgets a person: cases, messages, wish and name; events stay as tombstones, and those that others left in the person's
   * cases lose their words. A `case.erased` remains of each case. Returns the number of rows changed.
   */
  erasePerson(person: Person): Promise<number>;
  /** Removes what is older than its retention; returns the number of rows removed. */
  purge(olderThan: number): Promise<number>;
  close(): Promise<void>;
};

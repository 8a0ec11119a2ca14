import type { Delivery } from "./card.ts";
import type { Case } from "./case.ts";
import type { Language } from "./language.ts";
import type { Address, Message } from "./message.ts";

/** Something that happened in a case; stored once, never changed. `at` in milliseconds since 1970. */
export type CaseEvent = {
  at: number;
  case?: string;
  who: string;
  what: string;
  detail: Record<string, string>;
};

/** A delivery together with what a platform needs to send it. `updates` is the platform's id of the post to replace. */
export type Outgoing = {
  delivery: Delivery;
  source: Pick<Message, "id" | "address" | "surface" | "reply" | "card"> & { asker: string };
  attempt: number;
  /** True when an earlier attempt ended without a known outcome: look for the post before repeating it. */
  unknown: boolean;
  updates?: string;
};

/** What one decision writes, in one transaction. `language` is a wish of the person that is kept. */
export type Commit = {
  case?: Case;
  /** Version that `case` was decided on; 0 for a new case. */
  expectedVersion?: number;
  events: CaseEvent[];
  deliveries: Delivery[];
  language?: Language;
  /** Keeps the deliveries from any worker for so long: the caller of `nextDelivery(of)` sends them itself. */
  heldMs?: number;
};

/**
 * Everything Hexdesk remembers. Every method is atomic; `now` values come from the injected clock of the store.
 * A message is `new` once for all of its dedupe keys; its text is overwritten when it is committed.
 */
export type StateStore = {
  /** `heldMs` keeps the message from being claimed for so long: the caller decides about it itself. */
  receive(message: Message, heldMs?: number): Promise<"new" | "duplicate">;
  /**
   * Leases the oldest waiting message, at most one per thread at a time, in order of arrival; undefined when there is
   * none. A lease that runs out makes the message claimable again.
   */
  claim(owner: string, leaseMs: number): Promise<Message | undefined>;
  loadCase(address: Address): Promise<Case | undefined>;
  findCase(id: string): Promise<Case | undefined>;
  /** A number nobody has had: the n of `HD-n`, from 1001 up. Gaps are harmless. */
  nextCaseNumber(): Promise<number>;
  /**
   * Writes a decision and finishes the message; `conflict` when the case is no longer at `expectedVersion`. The case is
   * stored as version `expectedVersion` + 1; one that exists keeps its address, which only `sent` changes. A message that
   * was finished before is left as it is: "ok", nothing written.
   */
  commit(message: Message, commit: Commit): Promise<"ok" | "conflict">;
  /** Leases the next delivery that is due (at most one per thread at a time, in order). With `of` the next one that message caused, due or held. */
  nextDelivery(owner: string, leaseMs: number, of?: string): Promise<Outgoing | undefined>;
  /** Notes the platform's id of the post; `address` is the new thread when the delivery opens a case there. */
  sent(deliveryId: string, ref: string | undefined, address?: Address): Promise<void>;
  /** Tries again at `retryAt`, or gives up (`dead`). */
  failed(
    deliveryId: string,
    outcome: { retryAt: number; unknown: boolean } | "dead",
  ): Promise<void>;
  languageOf(person: {
    platform: string;
    tenant: string;
    id: string;
  }): Promise<Language | undefined>;
  /** Removes what is older than its retention; returns the number of rows removed. */
  purge(olderThan: number): Promise<number>;
  close(): Promise<void>;
};

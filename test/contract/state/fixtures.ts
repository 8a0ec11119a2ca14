import { expect } from "vitest";
import type { Delivery } from "../../../src/card.ts";
import type { Case } from "../../../src/case.ts";
import type { Address, Message, Person } from "../../../src/message.ts";
import type { Commit, StateStore } from "../../../src/state.ts";
import { timerMessage } from "../../../src/timer.ts";

/** Milliseconds of an hour. */
export const HOUR = 3_600_000;

/** When every test begins. */
export const START = Date.UTC(2026, 10, 21);

/** A store to test, with the hand of its clock. */
export type StoreUnderTest = { state: StateStore; clock: { now: number } };

/** Makes a fresh, empty store. */
export type Fresh = () => Promise<StoreUnderTest>;

/** Messages that wait, by the name of the next one; claims it. */
export async function claimId(state: StateStore, owner = "a"): Promise<string | undefined> {
  return (await state.claim(owner, 1000))?.message.id;
}

/** Somebody on the tenant where everything happens. */
export function person(id: string): Person {
  return { platform: "slack", tenant: "T1", id };
}

/** A thread in that tenant. */
export function place(thread: string): Address {
  return { platform: "slack", tenant: "T1", conversation: "C1", thread };
}

/** A message of U1 in thread t1. */
export function question(id: string): Message {
  return {
    id,
    dedupe: [`event-of-${id}`],
    at: START,
    from: { id: "U1", role: "user" },
    address: place("t1"),
    surface: "channel",
    addressed: true,
    text: "0x80090311",
    files: [],
  };
}

/** A reminder about HD-1001 in thread t1, due `at`. */
export function timer(id: string, at: number): Message {
  const where = { id, at, address: place("t1"), surface: "channel" } as const;
  return timerMessage({ what: "reminder", case: "HD-1001" }, where);
}

/** U1's case in thread t1. */
export function aCase(id: string): Case {
  return {
    id,
    version: 1,
    address: place("t1"),
    owner: { id: "U1" },
    language: "en",
    status: "open",
    codes: ["0x80090311"],
    options: [],
    position: { at: "none" },
    tried: [],
    causesDone: [],
    rejected: [],
    hinted: [],
    helpers: [],
    openedAt: START,
    updatedAt: START,
  };
}

/** An answer for the thread. */
export function post(id: string): Delivery {
  const card = { title: id, blocks: [], buttons: [], language: "en" } as const;
  return {
    id,
    to: { kind: "thread" },
    mode: "post",
    repeat: "safe",
    card: { ...card, blocks: [], buttons: [] },
  };
}

/** A decision that changes nothing. */
export function nothing(): Commit {
  return { events: [], deliveries: [] };
}

/** The next message; fails when there is none. */
export async function claimed1(state: StateStore): Promise<Message> {
  const claimed = await state.claim("a", 1000);
  if (!claimed) throw new Error("nothing to claim");
  return claimed.message;
}

/** Receives a message and commits `next` as its decision; returns the case as stored. */
export async function open(
  state: StateStore,
  id: string,
  next: Case,
  expectedVersion = 0,
  deliveries: Delivery[] = [],
  by = "U1",
): Promise<Case> {
  await state.receive({
    ...question(id),
    from: { id: by, role: "user" },
    address: next.address,
  });
  const event = { at: next.updatedAt, case: next.id, by: person(by), what: "opened", detail: {} };
  const change = { case: next, expectedVersion, events: [event], deliveries };
  expect(await state.commit(await claimed1(state), change)).toBe("ok");
  const stored = await state.findCase(next.id);
  if (!stored) throw new Error(`case ${next.id} was not stored`);
  return stored;
}

/** Receives a message and commits deliveries as its decision. */
export async function answer(
  state: StateStore,
  id: string,
  deliveries: Delivery[],
  address: Address = place("t1"),
): Promise<void> {
  await state.receive({ ...question(id), address });
  expect(await state.commit(await claimed1(state), { events: [], deliveries })).toBe("ok");
}

/** Leases the next delivery for a second and names it. */
export async function nextId(state: StateStore): Promise<string | undefined> {
  return (await state.nextDelivery("w", 1000))?.delivery.id;
}

import type { Delivery } from "../../src/card.ts";
import type { Case } from "../../src/case.ts";
import type { Clock } from "../../src/clock.ts";
import type { Language } from "../../src/language.ts";
import { type Address, addressKey, type Message } from "../../src/message.ts";
import type { CaseEvent, Commit, StateStore } from "../../src/state.ts";
import { type OutboxRow, outboxRow } from "./outbox-row.ts";
import { SEEN_MS, seenKeys } from "./seen-keys.ts";

type Waiting = { message: Message; thread: string; arrived: number; lease: number };
type Pending = OutboxRow & {
  made: number;
  due: number;
  lease: number | undefined;
  attempt: number;
  unknown: boolean;
};
type Post = { ref: string | undefined; made: number; opens: string | undefined };
type Person = { platform: string; tenant: string; id: string };

/** A store that forgets everything when the process ends: the playground, the terminal, tests. */
export function createMemoryState({ clock }: { clock: Pick<Clock, "now"> }): StateStore {
  const seen = new Map<string, number>();
  const inbox = new Map<string, Waiting>();
  const cases = new Map<string, Case>();
  const places = new Map<string, string[]>();
  const outbox = new Map<string, Pending>();
  const posts = new Map<string, Post>();
  const wishes = new Map<string, { language: Language; at: number }>();
  let events: CaseEvent[] = [];
  let lastCase = 1000;

  function receive(message: Message, heldMs = 0): "new" | "duplicate" {
    const keys = seenKeys(message);
    const duplicate = keys.some((key) => seen.has(key));
    for (const key of keys) if (!seen.has(key)) seen.set(key, clock.now());
    if (duplicate || inbox.has(message.id)) return "duplicate";
    const thread = addressKey(message.address);
    inbox.set(message.id, {
      message: structuredClone(message),
      thread,
      arrived: clock.now(),
      lease: heldMs > 0 ? clock.now() + heldMs : 0,
    });
    return "new";
  }

  function claim(leaseMs: number): Message | undefined {
    const earlier = new Set<string>();
    for (const row of inbox.values()) {
      const free = !earlier.has(row.thread) && row.lease <= clock.now();
      earlier.add(row.thread);
      if (!free) continue;
      row.lease = clock.now() + leaseMs;
      return structuredClone(row.message);
    }
    return undefined;
  }

  function commit(message: Message, change: Commit): "ok" | "conflict" {
    if (!inbox.has(message.id)) return "ok";
    if (change.case) {
      const stored = cases.get(change.case.id);
      const expected = change.expectedVersion ?? 0;
      if ((stored?.version ?? 0) !== expected) return "conflict";
      if (!stored) arrive(change.case.id, change.case.address);
      const address = stored?.address ?? change.case.address;
      cases.set(
        change.case.id,
        structuredClone({ ...change.case, version: expected + 1, address }),
      );
    }
    events.push(...structuredClone(change.events));
    for (const delivery of change.deliveries) {
      outbox.set(delivery.id, pending(message, delivery, change.heldMs));
    }
    if (change.language) {
      const person = { ...message.address, id: message.from.id };
      wishes.set(personKey(person), { language: change.language, at: clock.now() });
    }
    inbox.delete(message.id);
    return "ok";
  }

  function pending(message: Message, delivery: Delivery, heldMs = 0): Pending {
    const now = clock.now();
    const row = structuredClone(outboxRow(message, delivery));
    return { ...row, made: now, due: now + heldMs, lease: undefined, attempt: 0, unknown: false };
  }

  function nextDelivery(leaseMs: number, of?: string) {
    const now = clock.now();
    for (const row of outbox.values()) {
      if (row.lease === undefined || row.lease > now) continue;
      row.lease = undefined;
      row.unknown = true;
      if (row.delivery.repeat === "never") finish(row.delivery.id);
    }
    const earlier = new Set<string>();
    for (const row of outbox.values()) {
      const { delivery, source, lane } = row;
      const update = delivery.mode === "post" ? undefined : delivery.mode.update;
      const inTurn =
        of === undefined
          ? !earlier.has(lane) && !(update !== undefined && outbox.has(update))
          : of === source.id;
      earlier.add(lane);
      if (!inTurn || row.lease !== undefined || (of === undefined && row.due > now)) continue;
      row.lease = now + leaseMs;
      row.attempt += 1;
      const updates = update === undefined ? undefined : posts.get(update)?.ref;
      return structuredClone({
        delivery,
        source,
        attempt: row.attempt,
        unknown: row.unknown,
        ...(updates === undefined ? {} : { updates }),
      });
    }
    return undefined;
  }

  function sent(id: string, ref: string | undefined, address?: Address): void {
    finish(id);
    const post = posts.get(id);
    if (!post) return;
    post.ref = ref ?? post.ref;
    const opened = cases.get(post.opens ?? "");
    if (!opened || !address) return;
    leave(opened);
    arrive(opened.id, address);
    cases.set(opened.id, { ...opened, address: structuredClone(address) });
  }

  function arrive(id: string, address: Address): void {
    const key = addressKey(address);
    places.set(key, [...(places.get(key) ?? []), id]);
  }

  function leave({ id, address }: Case): void {
    const key = addressKey(address);
    const others = (places.get(key) ?? []).filter((other) => other !== id);
    if (others.length > 0) places.set(key, others);
    else places.delete(key);
  }

  function finish(id: string): void {
    const row = outbox.get(id);
    if (!row) return;
    outbox.delete(id);
    posts.set(id, { ref: undefined, made: row.made, opens: row.delivery.opens });
  }

  function failed(id: string, outcome: { retryAt: number; unknown: boolean } | "dead"): void {
    const row = outbox.get(id);
    if (!row) return;
    row.unknown ||= outcome !== "dead" && outcome.unknown;
    if (outcome === "dead" || (row.unknown && row.delivery.repeat === "never")) {
      finish(id);
      return;
    }
    row.lease = undefined;
    row.due = outcome.retryAt;
  }

  function purge(olderThan: number): number {
    const before = events.length;
    events = events.filter((event) => event.at >= olderThan);
    for (const old of [...cases.values()].filter((c) => c.updatedAt < olderThan)) leave(old);
    return (
      before -
      events.length +
      drop(seen, (at) => at < clock.now() - SEEN_MS) +
      drop(inbox, (row) => row.arrived < olderThan) +
      drop(cases, (row) => row.updatedAt < olderThan) +
      drop(outbox, (row) => row.made < olderThan) +
      drop(posts, (row) => row.made < olderThan) +
      drop(wishes, (row) => row.at < olderThan)
    );
  }

  return {
    receive: async (message, heldMs) => receive(message, heldMs),
    claim: async (_owner, leaseMs) => claim(leaseMs),
    loadCase: async (address) =>
      structuredClone(cases.get(places.get(addressKey(address))?.at(-1) ?? "")),
    findCase: async (id) => structuredClone(cases.get(id)),
    nextCaseNumber: async () => {
      lastCase += 1;
      return lastCase;
    },
    commit: async (message, change) => commit(message, change),
    nextDelivery: async (_owner, leaseMs, of) => nextDelivery(leaseMs, of),
    sent: async (id, ref, address) => sent(id, ref, address),
    failed: async (id, outcome) => failed(id, outcome),
    languageOf: async (person) => wishes.get(personKey(person))?.language,
    purge: async (olderThan) => purge(olderThan),
    close: async () => {},
  };
}

function personKey({ platform, tenant, id }: Person): string {
  return [platform, tenant, id].map(encodeURIComponent).join("/");
}

function drop<Value>(rows: Map<string, Value>, old: (row: Value) => boolean): number {
  let dropped = 0;
  for (const [key, row] of rows) {
    if (old(row) && rows.delete(key)) dropped += 1;
  }
  return dropped;
}

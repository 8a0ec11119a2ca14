import { addressKey, type Message, type Person, personOf } from "../../src/message.ts";
import type { Claimed } from "../../src/state.ts";
import { drop } from "./drop.ts";
import { personKey } from "./person-key.ts";
import { SEEN_MS } from "./retention.ts";
import { seenKeys } from "./seen-keys.ts";

type Waiting = {
  message: Message;
  thread: string;
  arrived: number;
  due: number;
  lease: number;
  attempt: number;
};

/** The inbox of the memory store: messages that wait, and the keys of those that came. */
export function createInbox(now: () => number) {
  const seen = new Map<string, number>();
  const rows = new Map<string, Waiting>();

  function add(message: Message, times: { due: number; lease: number }): "new" | "duplicate" {
    const keys = seenKeys(message);
    const duplicate = keys.some((key) => seen.has(key)) || rows.has(message.id);
    for (const key of keys) if (!seen.has(key)) seen.set(key, now());
    if (duplicate) return "duplicate";
    const thread = addressKey(message.address);
    const arrived = now();
    rows.set(message.id, {
      message: structuredClone(message),
      thread,
      arrived,
      attempt: 0,
      ...times,
    });
    return "new";
  }

  function claim(leaseMs: number): Claimed | undefined {
    const due = [...rows.values()].filter((row) => row.due <= now());
    const busy = new Set(due.filter((row) => row.lease > now()).map((row) => row.thread));
    const row = due.toSorted((a, b) => a.due - b.due).find(({ thread }) => !busy.has(thread));
    if (!row) return undefined;
    row.lease = now() + leaseMs;
    row.attempt += 1;
    return { message: structuredClone(row.message), attempt: row.attempt };
  }

  const isFrom = (person: Person) => {
    const key = personKey(person);
    return ({ message }: Waiting) => !message.timer && personKey(personOf(message)) === key;
  };

  return {
    receive: (message: Message, heldMs = 0) =>
      add(message, { due: 0, lease: heldMs > 0 ? now() + heldMs : 0 }),
    wait: (timer: Message) => add(timer, { due: timer.at, lease: 0 }),
    claim,
    recover(): void {
      for (const row of rows.values()) row.lease = 0;
    },
    waits: (id: string) => rows.has(id),
    finish: (id: string) => rows.delete(id),
    people: (): Person[] => [...rows.values()].map(({ message }) => personOf(message)),
    countOf: (person: Person) => [...rows.values()].filter(isFrom(person)).length,
    forget(person: Person, cases: ReadonlySet<string>): number {
      const isTheirs = isFrom(person);
      return drop(rows, (row) => isTheirs(row) || cases.has(row.message.timer?.case ?? ""));
    },
    purge: (olderThan: number) =>
      drop(seen, (at) => at < now() - SEEN_MS) + drop(rows, (row) => row.arrived < olderThan),
  };
}

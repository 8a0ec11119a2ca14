import type { Case } from "../../src/case.ts";
import { type Address, addressKey, type Person } from "../../src/message.ts";
import { drop } from "./drop.ts";
import { withoutHelper } from "./forget.ts";
import { ownerKey, personKey, personOfKey } from "./person-key.ts";
import { withoutWords } from "./retention.ts";

/** The cases of the memory store, with the places where they live and those that are linked to them. */
export function createCases() {
  const cases = new Map<string, Case>();
  const places = new Map<string, string[]>();
  const links = new Map<string, string>();

  function write(next: Case, expected: number): boolean {
    const stored = cases.get(next.id);
    if ((stored?.version ?? 0) !== expected) return false;
    if (!stored) arrive(next.id, next.address);
    const address = stored?.address ?? next.address;
    cases.set(next.id, structuredClone({ ...next, version: expected + 1, address }));
    return true;
  }

  function at(address: Address): Case | undefined {
    const key = addressKey(address);
    return structuredClone(cases.get(places.get(key)?.at(-1) ?? links.get(key) ?? ""));
  }

  function move(id: string, address: Address): void {
    const opened = cases.get(id);
    if (!opened) return;
    leave(opened);
    arrive(id, address);
    cases.set(id, { ...opened, address: structuredClone(address) });
  }

  function front(id: string): void {
    const speaker = cases.get(id);
    if (!speaker) return;
    leave(speaker);
    arrive(id, speaker.address);
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

  function remove(isOld: (at: Case) => boolean): string[] {
    const old = [...cases.values()].filter(isOld);
    for (const each of old) {
      leave(each);
      cases.delete(each.id);
      drop(links, (id) => id === each.id);
    }
    return old.map(({ id }) => id);
  }

  function forgetHelper(person: Person): number {
    const changed = [...cases.values()].flatMap((each) => withoutHelper(each, person) ?? []);
    for (const each of changed) cases.set(each.id, each);
    return changed.length;
  }

  return {
    write,
    at,
    move,
    front,
    link: (id: string, address: Address) => links.set(addressKey(address), id),
    find: (id: string) => structuredClone(cases.get(id)),
    of: (filter: { incident: string } | { owner: Person }) =>
      structuredClone([...cases.values()].filter(fits(filter))),
    owners: (): Person[] => [...cases.values()].map((each) => personOfKey(ownerKey(each))),
    forget(person: Person): { ids: string[]; changed: number } {
      const ids = remove((each) => ownerKey(each) === personKey(person));
      return { ids, changed: ids.length + forgetHelper(person) };
    },
    purge(olderThan: number, closedBefore: number): number {
      const emptied = [...cases.values()].flatMap((each) => withoutWords(each, closedBefore) ?? []);
      for (const each of emptied) cases.set(each.id, each);
      return emptied.length + remove((each) => each.updatedAt < olderThan).length;
    },
  };
}

function fits(filter: { incident: string } | { owner: Person }): (at: Case) => boolean {
  if ("incident" in filter) return (at) => at.incident === filter.incident;
  const key = personKey(filter.owner);
  return (at) => ownerKey(at) === key;
}

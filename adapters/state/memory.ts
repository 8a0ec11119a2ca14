import type { Clock } from "../../src/clock.ts";
import type { Language } from "../../src/language.ts";
import { type Address, type Message, type Person, personOf } from "../../src/message.ts";
import { CASE_ERASED } from "../../src/past.ts";
import type {
  CaseEvent,
  Commit,
  EventFilter,
  Incident,
  PersonalData,
  StateStore,
} from "../../src/state.ts";
import { drop } from "./drop.ts";
import { tombstone, withoutDeclarer, wordless } from "./forget.ts";
import { createCases } from "./memory-cases.ts";
import { createInbox } from "./memory-inbox.ts";
import { createOutbox } from "./memory-outbox.ts";
import { outboxRow, undelivered } from "./outbox-row.ts";
import { personKey, personOfKey, tenantsIn } from "./person-key.ts";
import { WORDS_MS } from "./retention.ts";

/** A store that forgets everything when the process ends: the playground, the terminal, tests. */
export function createMemoryState({ clock }: { clock: Pick<Clock, "now"> }): StateStore {
  const now = () => clock.now();
  const inbox = createInbox(now);
  const cases = createCases();
  const outbox = createOutbox(now, (row, failure) => {
    inbox.wait(undelivered(row, failure, now()));
  });
  const wishes = new Map<string, { language: Language; at: number }>();
  const incidents = new Map<string, Incident>();
  let events: CaseEvent[] = [];
  let lastCase = 1000;

  function commit(message: Message, change: Commit): "ok" | "conflict" {
    if (!inbox.waits(message.id)) return "ok";
    if (change.case && !cases.write(change.case, change.expectedVersion ?? 0)) return "conflict";
    if (change.speaks) cases.front(change.speaks);
    events.push(...structuredClone(change.events));
    for (const delivery of change.deliveries) {
      outbox.add(outboxRow(message, delivery, change.case?.id), change.heldMs);
    }
    for (const timer of change.timers ?? []) inbox.wait(timer);
    if (change.incident) incidents.set(change.incident.id, structuredClone(change.incident));
    if (change.language) {
      const wish = { language: change.language, at: now() };
      wishes.set(personKey(personOf(message)), wish);
    }
    inbox.finish(message.id);
    return "ok";
  }

  function sent(id: string, ref: string | undefined, address?: Address): void {
    const post = outbox.sent(id, ref);
    if (!address) return;
    if (post?.opens !== undefined) cases.move(post.opens, address);
    if (post?.links !== undefined) cases.link(post.links, address);
  }

  function find(filter: EventFilter): CaseEvent[] {
    const found = events.filter(fits(filter)).toSorted((a, b) => a.at - b.at);
    const { limit = found.length } = filter;
    return structuredClone(found.slice(found.length - Math.min(limit, found.length)));
  }

  function exportPerson(person: Person): PersonalData {
    const wish = wishes.get(personKey(person));
    return {
      cases: cases.of({ owner: person }),
      events: find({ from: 0, by: person }),
      ...(wish ? { language: wish.language } : {}),
      messages: inbox.countOf(person),
    };
  }

  const people = (): Person[] => [
    ...events.flatMap(({ by }) => by ?? []),
    ...cases.owners(),
    ...inbox.people(),
    ...[...wishes.keys()].map(personOfKey),
  ];

  function erasePerson(person: Person): number {
    const key = personKey(person);
    const { ids, changed } = cases.forget(person);
    const theirs = new Set(ids);
    const isTheirs = fits({ from: 0, by: person });
    const stones = events.filter(isTheirs).length;
    events = events.map((event) => {
      if (isTheirs(event)) return tombstone(event);
      return theirs.has(event.case ?? "") ? wordless(event) : event;
    });
    events.push(...ids.map((id) => ({ at: now(), case: id, what: CASE_ERASED, detail: {} })));
    const declared = [...incidents.values()].filter(({ by }) => personKey(by) === key);
    for (const each of declared) incidents.set(each.id, withoutDeclarer(each));
    const sentOut = outbox.forget(
      (row) =>
        theirs.has(row.case ?? "") ||
        personKey({ ...row.source.address, id: row.source.asker }) === key,
    );
    const waiting = inbox.forget(person, theirs);
    const wish = wishes.delete(key) ? 1 : 0;
    return changed + stones + declared.length + sentOut + waiting + wish;
  }

  function purge(olderThan: number): number {
    const before = events.length;
    events = events.filter((event) => event.at >= olderThan);
    return (
      before -
      events.length +
      inbox.purge(olderThan) +
      cases.purge(olderThan, now() - WORDS_MS) +
      outbox.purge(olderThan) +
      drop(wishes, (row) => row.at < olderThan) +
      drop(incidents, (row) => (row.endedAt ?? olderThan) < olderThan)
    );
  }

  return {
    receive: async (message, heldMs) => inbox.receive(message, heldMs),
    claim: async (_owner, leaseMs) => inbox.claim(leaseMs),
    loadCase: async (address) => cases.at(address),
    findCase: async (id) => cases.find(id),
    casesOf: async (filter) => cases.of(filter),
    nextCaseNumber: async () => {
      lastCase += 1;
      return lastCase;
    },
    commit: async (message, change) => commit(message, change),
    nextDelivery: async (_owner, leaseMs, of) => outbox.next(leaseMs, of),
    sent: async (id, ref, address) => sent(id, ref, address),
    failed: async (id, failure) => outbox.failed(id, failure),
    recover: async () => {
      inbox.recover();
      outbox.recover();
    },
    deadLetters: async () => outbox.dead(),
    events: async (filter) => find(filter),
    incidents: async () =>
      structuredClone([...incidents.values()].filter(({ endedAt }) => endedAt === undefined)),
    languageOf: async (person) => wishes.get(personKey(person))?.language,
    tenantsOf: async (platform, id) => tenantsIn(people(), platform, id),
    exportPerson: async (person) => exportPerson(person),
    erasePerson: async (person) => erasePerson(person),
    purge: async (olderThan) => purge(olderThan),
    close: async () => {},
  };
}

function fits(filter: EventFilter): (event: CaseEvent) => boolean {
  const { from, to, what, by, entry, case: id } = filter;
  return (event) =>
    event.at >= from &&
    (to === undefined || event.at < to) &&
    (what === undefined || what.includes(event.what)) &&
    (by === undefined || (event.by !== undefined && personKey(event.by) === personKey(by))) &&
    (id === undefined || event.case === id) &&
    (entry === undefined || event.detail.entry === entry);
}

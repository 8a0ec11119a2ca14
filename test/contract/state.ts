import { afterEach, describe, expect, test } from "vitest";
import type { Delivery } from "../../src/card.ts";
import type { Case } from "../../src/case.ts";
import type { Address, Message } from "../../src/message.ts";
import type { Commit, StateStore } from "../../src/state.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 21);

/** A store to test, with the hand of its clock. */
export type StoreUnderTest = { state: StateStore; clock: { now: number } };

/** What every StateStore must do, as a user would notice it. `create` makes a fresh, empty store. */
export function stateContract(
  name: string,
  create: (clock: { now: number }) => Promise<StateStore>,
): void {
  const opened: StateStore[] = [];

  async function fresh(): Promise<StoreUnderTest> {
    const clock = { now: START };
    const state = await create(clock);
    opened.push(state);
    return { state, clock };
  }

  afterEach(async () => {
    for (const state of opened.splice(0)) await state.close();
  });

  describe(`${name}: inbox`, () => {
    test("a message comes out as it went in, once", async () => {
      const { state } = await fresh();
      const message: Message = {
        ...question("m1"),
        text: "0x80090311 — ¿qué es? \u{1F9EF}",
        files: [{ name: "a.log", size: 3, mimetype: "text/plain", url: "https://files/a" }],
        action: { v: 1, do: "worked", lang: "es" },
        reply: "token",
        card: "post-1",
        mentions: ["U9"],
      };
      expect(await state.receive(message)).toBe("new");
      expect(await state.claim("a", 1000)).toEqual(message);
      expect(await state.claim("a", 1000)).toBeUndefined();
    });

    test("the same event is a duplicate, before, during and after the work", async () => {
      const { state } = await fresh();
      expect(await state.receive(question("m1"))).toBe("new");
      expect(await state.receive(question("m1"))).toBe("duplicate");
      const claimed = await claimed1(state);
      expect(await state.receive(question("m1"))).toBe("duplicate");
      await state.commit(claimed, nothing());
      expect(await state.receive(question("m1"))).toBe("duplicate");
      expect(await state.claim("a", 1000)).toBeUndefined();
    });

    test("one of several dedupe keys is enough to know a message again", async () => {
      const { state } = await fresh();
      expect(await state.receive({ ...question("m1"), dedupe: ["event-1", "post-1"] })).toBe("new");
      expect(await state.receive({ ...question("m2"), dedupe: ["event-2", "post-1"] })).toBe(
        "duplicate",
      );
      expect(await state.receive({ ...question("m3"), dedupe: ["event-2"] })).toBe("duplicate");
      expect(await state.receive({ ...question("m4"), dedupe: ["event-4"] })).toBe("new");
    });

    test("equal keys of two tenants or two platforms are different messages", async () => {
      const { state } = await fresh();
      const same = { dedupe: ["event-1"] };
      const at = (address: Partial<Address>) => ({ ...place("t1"), ...address });
      expect(await state.receive({ ...question("m1"), ...same })).toBe("new");
      expect(
        await state.receive({ ...question("m2"), ...same, address: at({ tenant: "T2" }) }),
      ).toBe("new");
      expect(
        await state.receive({ ...question("m3"), ...same, address: at({ platform: "teams" }) }),
      ).toBe("new");
    });

    test("a hundred simultaneous deliveries of one event are one message", async () => {
      const { state } = await fresh();
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, () => state.receive(question("m1"))),
      );
      expect(outcomes.filter((outcome) => outcome === "new")).toHaveLength(1);
    });

    test("messages of one thread come in order of arrival, one at a time", async () => {
      const { state } = await fresh();
      await state.receive(question("m1"));
      await state.receive(question("m2"));
      const first = await claimed1(state);
      expect(first.id).toBe("m1");
      expect(await state.claim("b", 1000)).toBeUndefined();
      await state.commit(first, nothing());
      expect((await state.claim("b", 1000))?.id).toBe("m2");
    });

    test("a busy thread does not hold up the others", async () => {
      const { state } = await fresh();
      await state.receive(question("m1"));
      await state.receive(question("m2"));
      await state.receive({ ...question("m3"), address: place("t2") });
      expect((await state.claim("a", 1000))?.id).toBe("m1");
      expect((await state.claim("b", 1000))?.id).toBe("m3");
      expect(await state.claim("c", 1000)).toBeUndefined();
    });

    test("two workers that claim at once get two different messages", async () => {
      const { state } = await fresh();
      for (let i = 0; i < 20; i += 1) {
        await state.receive({ ...question(`m${i}`), address: place(`t${i}`) });
      }
      const claims = await Promise.all(
        Array.from({ length: 30 }, (_, i) => state.claim(`w${i % 2}`, 1000)),
      );
      const ids = claims.flatMap((message) => message?.id ?? []);
      expect(ids.toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => `m${i}`).toSorted());
    });

    test("a message held by its receiver is claimable only when the hold ran out", async () => {
      const { state, clock } = await fresh();
      expect(await state.receive(question("m1"), 1000)).toBe("new");
      expect(await state.claim("a", 1000)).toBeUndefined();
      expect(await state.commit(question("m1"), nothing())).toBe("ok");
      await state.receive(question("m2"), 1000);
      clock.now += 1000;
      expect((await state.claim("a", 1000))?.id).toBe("m2");
    });

    test("held deliveries go to who answers inside the request; a worker gets them when it died", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"), 1000);
      const deliveries = [post("d1"), post("d2")];
      await state.commit(question("m1"), { ...nothing(), deliveries, heldMs: 1000 });
      expect(await state.nextDelivery("w", 1000)).toBeUndefined();
      expect((await state.nextDelivery("web", 1000, "m1"))?.delivery.id).toBe("d1");
      await state.sent("d1", "r1");
      clock.now += 1000;
      expect((await state.nextDelivery("w", 1000))?.delivery.id).toBe("d2");
    });

    test("a message whose worker died is claimable when the lease ran out, not before", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"));
      await state.claim("a", 1000);
      clock.now += 999;
      expect(await state.claim("b", 1000)).toBeUndefined();
      clock.now += 1;
      expect((await state.claim("b", 1000))?.id).toBe("m1");
    });
  });

  describe(`${name}: cases`, () => {
    test("a committed case is found by its place and by its id", async () => {
      const { state } = await fresh();
      const opened = await open(state, "m1", aCase("HD-1001"));
      expect(await state.loadCase(place("t1"))).toEqual(opened);
      expect(await state.findCase("HD-1001")).toEqual(opened);
      expect(await state.loadCase(place("t2"))).toBeUndefined();
      expect(await state.findCase("HD-1002")).toBeUndefined();
      expect(opened.version).toBe(1);
    });

    test("what is returned is a copy: changing it changes nothing stored", async () => {
      const { state } = await fresh();
      const opened = await open(state, "m1", aCase("HD-1001"));
      opened.codes.push("0xDEADBEEF");
      expect((await state.findCase("HD-1001"))?.codes).toEqual(["0x80090311"]);
    });

    test("of two clicks on one card the second is a conflict that writes nothing", async () => {
      const { state } = await fresh();
      const opened = await open(state, "m1", aCase("HD-1001"));
      await state.receive({ ...question("m2"), address: place("t2") });
      await state.receive({ ...question("m3"), address: place("t3") });
      const [one, two] = [await claimed1(state), await claimed1(state)];
      const step = (by: string): Commit => ({
        case: { ...opened, hinted: [by] },
        expectedVersion: opened.version,
        events: [],
        deliveries: [post(`card-${by}`)],
        language: "es",
      });
      const outcomes = await Promise.all([
        state.commit(one, step("one")),
        state.commit(two, step("two")),
      ]);
      expect(outcomes).toEqual(["ok", "conflict"]);
      expect(await state.findCase("HD-1001")).toMatchObject({ version: 2, hinted: ["one"] });
      expect((await state.nextDelivery("w", 1000))?.delivery.id).toBe("card-one");
      expect(await state.nextDelivery("w", 1000)).toBeUndefined();
      await state.commit(two, { ...step("two"), expectedVersion: 2 });
      expect(await state.findCase("HD-1001")).toMatchObject({ version: 3, hinted: ["two"] });
    });

    test("a case cannot be made twice under one id", async () => {
      const { state } = await fresh();
      await open(state, "m1", aCase("HD-1001"));
      await state.receive({ ...question("m2"), address: place("t2") });
      const message = await claimed1(state);
      const again = { ...nothing(), case: aCase("HD-1001"), expectedVersion: 0 };
      expect(await state.commit(message, again)).toBe("conflict");
    });

    test("a message is decided once: a late second commit changes nothing", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"));
      const slow = await claimed1(state);
      clock.now += 2000;
      const quick = await claimed1(state);
      await state.commit(quick, { ...nothing(), deliveries: [post("d1")] });
      expect(await state.commit(slow, { ...nothing(), deliveries: [post("d2")] })).toBe("ok");
      expect((await state.nextDelivery("w", 1000))?.delivery.id).toBe("d1");
      expect(await state.nextDelivery("w", 1000)).toBeUndefined();
    });

    test("where a place saw several cases, the newest lives there", async () => {
      const { state } = await fresh();
      const first = await open(state, "m1", aCase("HD-1001"));
      await open(state, "m2", aCase("HD-1002"));
      await open(state, "m3", { ...first, status: "resolved" }, first.version);
      expect((await state.loadCase(place("t1")))?.id).toBe("HD-1002");
      expect((await state.findCase("HD-1001"))?.status).toBe("resolved");
    });

    test("case numbers start at 1001 and never come twice", async () => {
      const { state } = await fresh();
      const numbers = await Promise.all(Array.from({ length: 50 }, () => state.nextCaseNumber()));
      expect(Math.min(...numbers)).toBe(1001);
      expect(new Set(numbers).size).toBe(50);
    });

    test("the case that a post opens moves to the thread of that post", async () => {
      const { state } = await fresh();
      const dm: Delivery = { ...post("d1"), to: { kind: "dm" }, opens: "HD-1001" };
      const made = await open(state, "m1", aCase("HD-1001"), 0, [dm]);
      const thread = { ...place("1730"), conversation: "D1" };
      await state.nextDelivery("w", 1000);
      await state.sent("d1", "1730", thread);
      expect(await state.loadCase(thread)).toEqual({ ...made, address: thread });
      expect(await state.loadCase(place("t1"))).toBeUndefined();
      await open(state, "m2", { ...made, hinted: ["x"] }, made.version);
      expect(await state.findCase("HD-1001")).toMatchObject({ address: thread, hinted: ["x"] });
    });

    test("a wish for a language is kept for that person only", async () => {
      const { state } = await fresh();
      await state.receive(question("m1"));
      await state.commit(await claimed1(state), { ...nothing(), language: "es" });
      const person = { platform: "slack", tenant: "T1", id: "U1" };
      expect(await state.languageOf(person)).toBe("es");
      expect(await state.languageOf({ ...person, id: "U2" })).toBeUndefined();
      expect(await state.languageOf({ ...person, tenant: "T2" })).toBeUndefined();
      await state.receive(question("m2"));
      await state.commit(await claimed1(state), { ...nothing(), language: "en" });
      expect(await state.languageOf(person)).toBe("en");
    });
  });

  describe(`${name}: outbox`, () => {
    test("a delivery brings what is needed to post it, without the message's text", async () => {
      const { state } = await fresh();
      const message = { ...question("m1"), text: "secret-4711", reply: "token", card: "post-0" };
      await state.receive(message);
      await state.commit(await claimed1(state), { ...nothing(), deliveries: [post("d1")] });
      const outgoing = await state.nextDelivery("w", 1000);
      expect(outgoing).toEqual({
        delivery: post("d1"),
        source: {
          id: "m1",
          address: place("t1"),
          surface: "channel",
          asker: "U1",
          reply: "token",
          card: "post-0",
        },
        attempt: 1,
        unknown: false,
      });
      await state.sent("d1", "ref-1");
      expect(await state.nextDelivery("w", 1000)).toBeUndefined();
    });

    test("deliveries of one thread go out in order, the next after the one before is sent", async () => {
      const { state } = await fresh();
      await answer(state, "m1", [post("d1"), post("d2")]);
      await answer(state, "m2", [post("d3")]);
      await answer(state, "m3", [post("other")], place("t2"));
      expect(await nextId(state)).toBe("d1");
      expect(await nextId(state)).toBe("other");
      expect(await nextId(state)).toBeUndefined();
      await state.sent("d1", "r1");
      expect(await nextId(state)).toBe("d2");
      await state.failed("d2", "dead");
      expect(await nextId(state)).toBe("d3");
    });

    test("who answers inside the request gets all deliveries of that message, and no others", async () => {
      const { state } = await fresh();
      await answer(state, "m1", [post("d1"), post("d2")]);
      await answer(state, "m2", [post("d3")]);
      const of = async (id: string) =>
        (await state.nextDelivery("web", 1000, id))?.delivery.id ?? "none";
      expect([await of("m1"), await of("m1"), await of("m1")]).toEqual(["d1", "d2", "none"]);
      expect(await of("m2")).toBe("d3");
    });

    test("an update waits for its post and learns the platform's id of it", async () => {
      const { state } = await fresh();
      await answer(state, "m1", [post("d1")], place("t1"));
      await answer(state, "m2", [{ ...post("d2"), mode: { update: "d1" } }], place("t2"));
      expect(await nextId(state)).toBe("d1");
      expect(await nextId(state)).toBeUndefined();
      await state.sent("d1", "1730.0042");
      expect(await state.nextDelivery("w", 1000)).toMatchObject({
        delivery: { id: "d2" },
        updates: "1730.0042",
      });
    });

    test("an update of a post that was given up comes without an id", async () => {
      const { state } = await fresh();
      await answer(state, "m1", [post("d1"), { ...post("d2"), mode: { update: "d1" } }]);
      expect(await nextId(state)).toBe("d1");
      await state.failed("d1", "dead");
      const update = await state.nextDelivery("w", 1000);
      expect(update?.delivery.id).toBe("d2");
      expect(update).not.toHaveProperty("updates");
    });

    test("a refused delivery comes again when it is due, and counts its attempts", async () => {
      const { state, clock } = await fresh();
      await answer(state, "m1", [post("d1")]);
      await state.nextDelivery("w", 1000);
      await state.failed("d1", { retryAt: clock.now + 500, unknown: false });
      clock.now += 499;
      expect(await nextId(state)).toBeUndefined();
      clock.now += 1;
      expect(await state.nextDelivery("w", 1000)).toMatchObject({ attempt: 2, unknown: false });
    });

    test("a delivery whose sender died comes back as unknown once its lease ran out", async () => {
      const { state, clock } = await fresh();
      await answer(state, "m1", [post("d1")]);
      await state.nextDelivery("w", 1000);
      clock.now += 999;
      expect(await nextId(state)).toBeUndefined();
      clock.now += 1;
      expect(await state.nextDelivery("w", 1000)).toMatchObject({ attempt: 2, unknown: true });
      await state.failed("d1", { retryAt: clock.now, unknown: false });
      expect(await state.nextDelivery("w", 1000)).toMatchObject({ attempt: 3, unknown: true });
    });

    test("what calls a person is not sent again when its sender died", async () => {
      const { state, clock } = await fresh();
      await answer(state, "m1", [{ ...post("call"), repeat: "never" }, post("after")]);
      expect(await nextId(state)).toBe("call");
      clock.now += 1000;
      expect(await nextId(state)).toBe("after");
      await state.sent("after", "r");
      clock.now += HOUR;
      expect(await nextId(state)).toBeUndefined();
    });

    test("what calls a person is not sent again after a time-out, but after a clear refusal", async () => {
      const { state, clock } = await fresh();
      await answer(state, "m1", [{ ...post("call-1"), repeat: "never" }]);
      await answer(state, "m2", [{ ...post("call-2"), repeat: "never" }], place("t2"));
      expect([await nextId(state), await nextId(state)]).toEqual(["call-1", "call-2"]);
      await state.failed("call-1", { retryAt: clock.now, unknown: true });
      await state.failed("call-2", { retryAt: clock.now, unknown: false });
      expect(await nextId(state)).toBe("call-2");
      expect(await nextId(state)).toBeUndefined();
    });

    test("two workers never get the same delivery", async () => {
      const { state } = await fresh();
      for (let i = 0; i < 20; i += 1) await answer(state, `m${i}`, [post(`d${i}`)], place(`t${i}`));
      const ids = await Promise.all(Array.from({ length: 30 }, () => nextId(state)));
      const given = ids.filter((id) => id !== undefined);
      expect(given).toHaveLength(20);
      expect(new Set(given).size).toBe(20);
    });

    test("a report about an unknown delivery is no error", async () => {
      const { state } = await fresh();
      await state.sent("unheard-of", "r");
      await state.failed("unheard-of", "dead");
      expect(await nextId(state)).toBeUndefined();
    });
  });

  describe(`${name}: purge`, () => {
    test("what is older than its retention goes, what is younger stays", async () => {
      const { state, clock } = await fresh();
      const old = await open(state, "m1", aCase("HD-1001"), 0, [post("d1")]);
      clock.now += 48 * HOUR;
      const young = { ...aCase("HD-1002"), address: place("t2"), updatedAt: clock.now };
      await open(state, "m2", young);
      expect(await state.purge(clock.now - HOUR)).toBeGreaterThan(0);
      expect(await state.findCase(old.id)).toBeUndefined();
      expect(await state.loadCase(old.address)).toBeUndefined();
      expect(await nextId(state)).toBeUndefined();
      expect(await state.findCase("HD-1002")).toMatchObject({ version: 1 });
      expect(await state.purge(clock.now - HOUR)).toBe(0);
      expect(await state.nextCaseNumber()).toBe(1001);
    });

    test("a purged person's wish is forgotten", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"));
      await state.commit(await claimed1(state), { ...nothing(), language: "es" });
      clock.now += HOUR;
      await state.purge(clock.now);
      expect(await state.languageOf({ platform: "slack", tenant: "T1", id: "U1" })).toBeUndefined();
    });

    test("a repeated event is known for 24 hours, whatever the retention", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"));
      await state.commit(await claimed1(state), nothing());
      clock.now += 24 * HOUR;
      await state.purge(clock.now);
      expect(await state.receive(question("m1"))).toBe("duplicate");
      clock.now += 1;
      await state.purge(clock.now);
      expect(await state.receive(question("m1"))).toBe("new");
    });
  });
}

function place(thread: string): Address {
  return { platform: "slack", tenant: "T1", conversation: "C1", thread };
}

function question(id: string): Message {
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

function aCase(id: string): Case {
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

function post(id: string): Delivery {
  const card = { title: id, blocks: [], buttons: [], language: "en" } as const;
  return {
    id,
    to: { kind: "thread" },
    mode: "post",
    repeat: "safe",
    card: { ...card, blocks: [], buttons: [] },
  };
}

function nothing(): Commit {
  return { events: [], deliveries: [] };
}

async function claimed1(state: StateStore): Promise<Message> {
  const message = await state.claim("a", 1000);
  if (!message) throw new Error("nothing to claim");
  return message;
}

/** Receives a message and commits `next` as its decision; returns the case as stored. */
async function open(
  state: StateStore,
  id: string,
  next: Case,
  expectedVersion = 0,
  deliveries: Delivery[] = [],
): Promise<Case> {
  await state.receive({ ...question(id), address: next.address });
  const event = { at: next.updatedAt, case: next.id, who: "U1", what: "opened", detail: {} };
  const change = { case: next, expectedVersion, events: [event], deliveries };
  expect(await state.commit(await claimed1(state), change)).toBe("ok");
  const stored = await state.findCase(next.id);
  if (!stored) throw new Error(`case ${next.id} was not stored`);
  return stored;
}

async function answer(
  state: StateStore,
  id: string,
  deliveries: Delivery[],
  address: Address = place("t1"),
): Promise<void> {
  await state.receive({ ...question(id), address });
  expect(await state.commit(await claimed1(state), { events: [], deliveries })).toBe("ok");
}

async function nextId(state: StateStore): Promise<string | undefined> {
  return (await state.nextDelivery("w", 1000))?.delivery.id;
}

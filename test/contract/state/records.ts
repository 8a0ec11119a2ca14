import { describe, expect, test } from "vitest";
import type { Case } from "../../../src/case.ts";
import type { CaseEvent, Incident } from "../../../src/state.ts";
import {
  aCase,
  answer,
  claimed1,
  type Fresh,
  HOUR,
  nextId,
  nothing,
  open,
  person,
  place,
  post,
  question,
  START,
} from "./fixtures.ts";

/** What is written down about events and incidents, and how long it is kept. */
export function stateRecords(name: string, fresh: Fresh, alone: boolean): void {
  describe(`${name}: events`, () => {
    const happened = (what: string, at: number, rest: Partial<CaseEvent> = {}): CaseEvent => ({
      at,
      by: person("U1"),
      what,
      detail: {},
      ...rest,
    });

    async function history(...events: CaseEvent[]) {
      const { state } = await fresh();
      await state.receive(question("m1"));
      await state.commit(await claimed1(state), { ...nothing(), events });
      return state;
    }

    test("come out as they went in, the newest last", async () => {
      const events = [
        happened("question", START, { detail: { kind: "entry", entry: "0x80090311" } }),
        happened("case.opened", START, { case: "HD-1001" }),
        { at: START + 1, what: "handover.reminded", detail: {} },
      ];
      const state = await history(...events);
      expect(await state.events({ from: 0 })).toEqual(events);
    });

    test("are found by time, kind, person and entry, and by all of them at once", async () => {
      const entry = { detail: { entry: "0x1" } };
      const state = await history(
        happened("a", 10),
        happened("b", 20, { ...entry, by: person("U2") }),
        happened("a", 30, entry),
        happened("c", 40, { by: { ...person("U1"), tenant: "T2" } }),
      );
      const times = async (filter: Parameters<typeof state.events>[0]) =>
        (await state.events(filter)).map(({ at }) => at);
      expect(await times({ from: 20 })).toEqual([20, 30, 40]);
      expect(await times({ from: 10, to: 30 })).toEqual([10, 20]);
      expect(await times({ from: 0, what: ["a", "c"] })).toEqual([10, 30, 40]);
      expect(await times({ from: 0, what: [] })).toEqual([]);
      expect(await times({ from: 0, by: person("U1") })).toEqual([10, 30]);
      expect(await times({ from: 0, entry: "0x1" })).toEqual([20, 30]);
      expect(await times({ from: 15, what: ["a"], entry: "0x1", by: person("U1") })).toEqual([30]);
      expect(await times({ from: 0, limit: 2 })).toEqual([30, 40]);
      expect(await times({ from: 0, limit: 0 })).toEqual([]);
    });
  });

  describe(`${name}: incidents`, () => {
    const incident: Incident = {
      id: "IN-1001",
      entry: "0x80090311",
      codes: ["0x80090311"],
      sentence: "VPN is down, we are on it",
      by: { ...person("U9"), name: "Nora" },
      at: START,
    };

    test("an incident is open until it ends, and can be changed", async () => {
      const { state } = await fresh();
      const declare = async (id: string, next: Incident) => {
        await state.receive({ ...question(id), address: place(id) });
        await state.commit(await claimed1(state), { ...nothing(), incident: next });
      };
      await declare("m1", incident);
      await declare("m2", { ...incident, id: "IN-1002", at: START + 1 });
      expect((await state.incidents()).map(({ id }) => id)).toEqual(["IN-1001", "IN-1002"]);
      await declare("m3", { ...incident, sentence: "VPN is back soon" });
      expect((await state.incidents())[0]?.sentence).toBe("VPN is back soon");
      await declare("m4", { ...incident, endedAt: START + 5 });
      expect((await state.incidents()).map(({ id }) => id)).toEqual(["IN-1002"]);
    });

    test("the cases of an incident are found, and only those", async () => {
      const { state } = await fresh();
      const attached = await open(state, "m1", { ...aCase("HD-1001"), incident: "IN-1001" });
      const other = await open(state, "m2", { ...aCase("HD-1002"), address: place("t2") });
      expect(await state.casesOf({ incident: "IN-1001" })).toEqual([attached]);
      const late = await open(state, "m3", { ...other, incident: "IN-1001" }, other.version);
      expect(await state.casesOf({ incident: "IN-1001" })).toEqual([attached, late]);
      const { incident: _, ...loose } = attached;
      await open(state, "m4", loose, attached.version);
      expect(await state.casesOf({ incident: "IN-1001" })).toEqual([late]);
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

  describe(`${name}: words`, () => {
    test("the asker's words stay a week after the case was closed, and as long as it is open", async () => {
      const { state, clock } = await fresh();
      const week = 7 * 24 * HOUR;
      const words = { question: "it says no", updatedAt: START };
      await open(state, "m1", { ...aCase("HD-1001"), ...words, status: "resolved" });
      await open(state, "m2", { ...aCase("HD-1002"), ...words, address: place("t2") });
      const added: Case = {
        ...aCase("HD-1003"),
        address: place("t3"),
        updatedAt: START,
        status: "resolved",
        handover: { at: START, status: "done", cards: [], notes: ["and at home"] },
      };
      await open(state, "m3", added);
      clock.now += week;
      await state.purge(START);
      expect(await state.findCase("HD-1001")).toHaveProperty("question");
      clock.now += 1;
      await state.purge(START);
      expect(await state.findCase("HD-1001")).not.toHaveProperty("question");
      expect(await state.findCase("HD-1002")).toHaveProperty("question");
      expect((await state.findCase("HD-1003"))?.handover).toEqual({
        at: START,
        status: "done",
        cards: [],
      });
    });
  });

  describe(`${name}: restart`, () => {
    test.runIf(alone)("what was in hand when the process died is freed at once", async () => {
      const { state } = await fresh();
      await answer(state, "m1", [post("d1")]);
      await answer(state, "m2", [{ ...post("call"), repeat: "never" }], place("t2"));
      await state.receive({ ...question("m3"), address: place("t3") });
      const held = { ...question("m4"), address: place("t4") };
      await state.receive(held, HOUR);
      await state.commit(held, { ...nothing(), deliveries: [post("d4")], heldMs: HOUR });
      expect([await nextId(state), await nextId(state)]).toEqual(["d1", "call"]);
      await state.claim("a", HOUR);
      await state.recover();
      expect(await state.nextDelivery("w", 1000)).toMatchObject({
        delivery: { id: "d1" },
        unknown: true,
      });
      expect(await state.nextDelivery("w", 1000)).toMatchObject({
        delivery: { id: "d4" },
        unknown: false,
      });
      expect(await nextId(state)).toBeUndefined();
      expect(await state.claim("b", 1000)).toMatchObject({ message: { id: "m3" }, attempt: 2 });
      const { message } = (await state.claim("b", 1000)) ?? {};
      expect(message?.timer).toMatchObject({ what: "undelivered", delivery: "call" });
    });

    test.runIf(!alone)(
      "what another instance has in hand stays with it until its time is over",
      async () => {
        const { state, clock } = await fresh();
        await state.receive(question("m1"));
        await state.claim("a", 1000);
        await state.recover();
        expect(await state.claim("b", 1000)).toBeUndefined();
        clock.now += 1000;
        expect(await state.claim("b", 1000)).toMatchObject({ attempt: 2 });
      },
    );
  });
}

import { describe, expect, test } from "vitest";
import type { Delivery } from "../../../src/card.ts";
import type { Address } from "../../../src/message.ts";
import type { Commit } from "../../../src/state.ts";
import { aCase, claimed1, type Fresh, nothing, open, place, post, question } from "./fixtures.ts";

/** How cases are found, changed and moved. */
export function stateCases(name: string, fresh: Fresh): void {
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

    test("of two in one place the newer is found, then the one that spoke since", async () => {
      const { state } = await fresh();
      const first = await open(state, "m1", aCase("HD-1001"));
      const second = await open(state, "m2", aCase("HD-1002"));
      expect((await state.loadCase(place("t1")))?.id).toBe("HD-1002");
      await state.receive(question("m3"));
      await state.commit(await claimed1(state), { ...nothing(), speaks: "HD-1001" });
      expect(await state.loadCase(place("t1"))).toEqual(first);
      await state.receive(question("m4"));
      const lost = { ...nothing(), case: second, expectedVersion: 9, speaks: "HD-1002" };
      const message = await claimed1(state);
      expect(await state.commit(message, lost)).toBe("conflict");
      expect((await state.loadCase(place("t1")))?.id).toBe("HD-1001");
      await state.commit(message, { ...lost, expectedVersion: 1 });
      expect((await state.loadCase(place("t1")))?.id).toBe("HD-1002");
    });

    test("one that speaks on is found until a newer one comes", async () => {
      const { state } = await fresh();
      const speak = async (id: string, speaks: string) => {
        await state.receive(question(id));
        await state.commit(await claimed1(state), { ...nothing(), speaks });
        return (await state.loadCase(place("t1")))?.id;
      };
      await open(state, "m1", aCase("HD-1001"));
      await open(state, "m2", aCase("HD-1002"));
      for (const id of ["m3", "m4", "m5"]) expect(await speak(id, "HD-1001")).toBe("HD-1001");
      await open(state, "m6", aCase("HD-1003"));
      expect((await state.loadCase(place("t1")))?.id).toBe("HD-1003");
      expect(await speak("m7", "HD-1002")).toBe("HD-1002");
    });

    test("what is returned is a copy: changing it changes nothing stored", async () => {
      const { state } = await fresh();
      const opened = await open(state, "m1", aCase("HD-1001"));
      opened.codes.push("0xDEADBEEF");
      expect((await state.findCase("HD-1001"))?.codes).toEqual(["0x80090311"]);
    });

    test("of two clicks on one card one wins, the other is a conflict that writes nothing", async () => {
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
      expect(outcomes.toSorted()).toEqual(["conflict", "ok"]);
      const [won, lost] = outcomes[0] === "ok" ? ["one", "two"] : ["two", "one"];
      expect(await state.findCase("HD-1001")).toMatchObject({ version: 2, hinted: [won] });
      expect((await state.nextDelivery("w", 1000))?.delivery.id).toBe(`card-${won}`);
      expect(await state.nextDelivery("w", 1000)).toBeUndefined();
      const again = { ...step(String(lost)), expectedVersion: 2 };
      await state.commit(lost === "two" ? two : one, again);
      expect(await state.findCase("HD-1001")).toMatchObject({ version: 3, hinted: [lost] });
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

    test("a case is also reached from the thread of a card that links to it", async () => {
      const { state } = await fresh();
      const card: Delivery = {
        ...post("d1"),
        to: { kind: "route", route: "network" },
        links: "HD-1001",
      };
      const made = await open(state, "m1", aCase("HD-1001"), 0, [card]);
      const agents: Address = { platform: "teams", tenant: "T9", conversation: "C9", thread: "77" };
      await state.nextDelivery("w", 1000);
      await state.sent("d1", "77", agents);
      expect(await state.loadCase(agents)).toEqual(made);
      expect(await state.loadCase(place("t1"))).toEqual(made);
      const moved = await open(state, "m2", { ...made, hinted: ["x"] }, made.version);
      expect(await state.loadCase(agents)).toEqual(moved);
      const own = await open(state, "m3", { ...aCase("HD-1002"), address: agents });
      expect(await state.loadCase(agents)).toEqual(own);
    });
  });
}

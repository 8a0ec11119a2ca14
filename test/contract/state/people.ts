import { describe, expect, test } from "vitest";
import type { Case } from "../../../src/case.ts";
import type { StateStore } from "../../../src/state.ts";
import {
  aCase,
  claimed1,
  claimId,
  type Fresh,
  nextId,
  nothing,
  open,
  person,
  place,
  post,
  question,
  START,
} from "./fixtures.ts";

/** What a person can take out, and have forgotten. */
export function statePeople(name: string, fresh: Fresh): void {
  const of = (owner: string, id: string): Case => ({
    ...aCase(id),
    address: place(`t-${id}`),
    owner: { id: owner, name: `Name of ${owner}` },
    question: `words of ${owner}`,
  });

  /** U1 and U2 with a case each, in which the other helps; U1 has a wish, a waiting message and an incident. */
  async function busy(state: StateStore): Promise<void> {
    const help = (by: string) => ({ entry: "e", step: "s", result: "worked", by, at: START });
    const first = { ...of("U1", "HD-1001"), helpers: ["U2"], tried: [help("U1"), help("U2")] };
    const taken = {
      at: START,
      status: "taken",
      cards: [],
      agent: { ...person("U1"), name: "Name of U1" },
      resolution: "words of U1",
    } as const;
    const second = {
      ...of("U2", "HD-1002"),
      helpers: ["U1", "U3"],
      tried: [help("U1")],
      handover: { ...taken, cards: [] },
    };
    await open(state, "m1", first, 0, [post("d1")], "U1");
    await open(state, "m2", second, 0, [post("d2")], "U2");
    for (const id of ["U1", "U2"]) {
      await state.receive({ ...question(`w-${id}`), from: { id, role: "user" }, text: "hello" });
      await state.commit(await claimed1(state), {
        ...nothing(),
        language: "es",
        events: [
          {
            at: START,
            by: person(id),
            what: "gap.not-found",
            detail: { entry: "e", text: `words of ${id}` },
          },
        ],
        incident: {
          id: `IN-${id.slice(1)}`,
          codes: [],
          sentence: "VPN",
          by: { ...person(id), name: `Name of ${id}` },
          at: START,
        },
      });
    }
    const more = { ...question("m9"), address: place("t9"), text: "words of U1" };
    await state.receive(more);
  }

  describe(`${name}: a person`, () => {
    test("gets out all that is kept about them, and nothing of others", async () => {
      const { state } = await fresh();
      await busy(state);
      const kept = await state.exportPerson(person("U1"));
      expect(kept.cases.map(({ id }) => id)).toEqual(["HD-1001"]);
      expect(kept.events.map(({ what }) => what)).toEqual(["opened", "gap.not-found"]);
      expect(kept).toMatchObject({ language: "es", messages: 1 });
      expect(JSON.stringify(kept)).not.toContain("words of U2");
      const stranger = { cases: [], events: [], messages: 0 };
      expect(await state.exportPerson({ ...person("U1"), tenant: "T2" })).toEqual(stranger);
      expect(await state.exportPerson({ ...person("U1"), platform: "teams" })).toEqual(stranger);
    });

    test("is found in the tenants where they left something", async () => {
      const { state } = await fresh();
      await busy(state);
      const elsewhere = { ...place("t1"), tenant: "T2" };
      await state.receive({ ...question("m8"), address: elsewhere });
      expect(await state.tenantsOf("slack", "U1")).toEqual(["T1", "T2"]);
      expect(await state.tenantsOf("slack", "U2")).toEqual(["T1"]);
      expect(await state.tenantsOf("teams", "U1")).toEqual([]);
      await state.erasePerson(person("U1"));
      expect(await state.tenantsOf("slack", "U1")).toEqual(["T2"]);
    });

    test("finds their cases, oldest first, whichever spoke last", async () => {
      const { state } = await fresh();
      const first = await open(state, "m1", of("U1", "HD-1002"));
      await open(state, "m2", of("U2", "HD-1003"));
      const second = await open(state, "m3", { ...of("U1", "HD-1001"), openedAt: START + 1 });
      expect(await state.casesOf({ owner: person("U1") })).toEqual([first, second]);
      await state.receive(question("m4"));
      await state.commit(await claimed1(state), { ...nothing(), speaks: first.id });
      expect(await state.casesOf({ owner: person("U1") })).toEqual([first, second]);
    });

    test("is forgotten: nothing of them comes out any more, others lose only their name", async () => {
      const { state } = await fresh();
      await busy(state);
      const before = await state.exportPerson(person("U2"));
      expect(await state.erasePerson(person("U1"))).toBeGreaterThan(0);
      expect(await state.exportPerson(person("U1"))).toEqual({
        cases: [],
        events: [],
        messages: 0,
      });
      expect(await state.findCase("HD-1001")).toBeUndefined();
      expect(await state.loadCase(place("t-HD-1001"))).toBeUndefined();
      expect(await claimId(state)).toBeUndefined();
      expect(await nextId(state)).toBe("d2");
      expect(await nextId(state)).toBeUndefined();
      const all = JSON.stringify([
        await state.findCase("HD-1002"),
        await state.events({ from: 0 }),
        await state.incidents(),
      ]);
      expect(all).not.toMatch(/U1/);
      const after = await state.exportPerson(person("U2"));
      expect(after).toMatchObject({ events: before.events, language: "es" });
      expect(after.cases[0]).toMatchObject({ question: "words of U2", helpers: ["U3"] });
      expect(await state.erasePerson(person("U1"))).toBe(0);
    });

    test("leaves tombstones: what happened and when, without who and without words", async () => {
      const { state } = await fresh();
      await busy(state);
      await state.erasePerson(person("U1"));
      expect(await state.events({ from: 0, entry: "e" })).toEqual([
        { at: START, what: "gap.not-found", detail: { entry: "e" } },
        {
          at: START,
          by: person("U2"),
          what: "gap.not-found",
          detail: { entry: "e", text: "words of U2" },
        },
      ]);
    });

    test("leaves of their cases that they were erased, and no word that others wrote about them", async () => {
      const { state } = await fresh();
      await busy(state);
      await state.receive({ ...question("m5"), from: { id: "U2", role: "helpdesk" } });
      const note = { at: START, by: person("U2"), case: "HD-1001", what: "handover.resolved" };
      await state.commit(await claimed1(state), {
        ...nothing(),
        events: [{ ...note, detail: { how: "typed", text: "told U1 to restart" } }],
      });
      const erased = () => state.events({ from: 0, case: "HD-1001", what: ["case.erased"] });
      expect(await erased()).toEqual([]);
      await state.erasePerson(person("U1"));
      expect(await erased()).toMatchObject([{ case: "HD-1001", what: "case.erased", detail: {} }]);
      expect(await state.events({ from: 0, case: "HD-1002", what: ["case.erased"] })).toEqual([]);
      const left = await state.events({ from: 0, case: "HD-1001", by: person("U2") });
      expect(left).toMatchObject([{ detail: { how: "typed" } }]);
      expect(JSON.stringify(left)).not.toContain("told U1");
    });

    test("whose message is in hand while they are erased is not written down again", async () => {
      const { state } = await fresh();
      await state.receive(question("m1"));
      const inHand = await claimed1(state);
      await state.erasePerson(person("U1"));
      const change = { ...nothing(), case: aCase("HD-1001"), deliveries: [post("d1")] };
      expect(await state.commit(inHand, change)).toBe("ok");
      expect(await state.findCase("HD-1001")).toBeUndefined();
      expect(await nextId(state)).toBeUndefined();
    });
  });
}

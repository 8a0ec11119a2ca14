import { describe, expect, test } from "vitest";
import type { Address, Message } from "../../../src/message.ts";
import {
  aCase,
  claimed1,
  claimId,
  type Fresh,
  HOUR,
  nothing,
  place,
  post,
  question,
  START,
  timer,
} from "./fixtures.ts";

/** How messages wait, are known again and come one at a time. */
export function stateInbox(name: string, fresh: Fresh): void {
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
      expect(await state.claim("a", 1000)).toEqual({ message, attempt: 1 });
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
      expect(await claimId(state, "b")).toBe("m2");
    });

    test("a busy thread does not hold up the others", async () => {
      const { state } = await fresh();
      await state.receive(question("m1"));
      await state.receive(question("m2"));
      await state.receive({ ...question("m3"), address: place("t2") });
      expect(await claimId(state, "a")).toBe("m1");
      expect(await claimId(state, "b")).toBe("m3");
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
      const ids = claims.flatMap((claimed) => claimed?.message.id ?? []);
      expect(ids.toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => `m${i}`).toSorted());
    });

    test("a message held by its receiver is claimable only when the hold ran out", async () => {
      const { state, clock } = await fresh();
      expect(await state.receive(question("m1"), 1000)).toBe("new");
      expect(await state.claim("a", 1000)).toBeUndefined();
      expect(await state.commit(question("m1"), nothing())).toBe("ok");
      await state.receive(question("m2"), 1000);
      clock.now += 1000;
      expect(await claimId(state, "a")).toBe("m2");
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
      expect(await claimId(state, "b")).toBe("m1");
    });

    test("a message that kills its worker is known by its attempts", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"));
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        expect(await state.claim("a", 1000)).toEqual({ message: question("m1"), attempt });
        clock.now += 1000;
      }
    });

    test("a timer waits until it is due, and comes once", async () => {
      const { state, clock } = await fresh();
      const reminder = timer("r1", START + HOUR);
      await state.receive(question("m1"));
      await state.commit(await claimed1(state), { ...nothing(), timers: [reminder] });
      await state.receive(question("m2"));
      await state.commit(await claimed1(state), { ...nothing(), timers: [reminder] });
      expect(await claimId(state)).toBeUndefined();
      clock.now += HOUR - 1;
      expect(await claimId(state)).toBeUndefined();
      clock.now += 1;
      expect(await state.claim("a", 1000)).toEqual({ message: reminder, attempt: 1 });
      await state.commit(reminder, nothing());
      clock.now += HOUR;
      expect(await claimId(state)).toBeUndefined();
      expect(await state.receive(reminder)).toBe("duplicate");
    });

    test("timers come in the order in which they are due, whenever they were set", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"));
      const timers = [timer("late", START + 30), timer("soon", START + 10)];
      await state.commit(await claimed1(state), { ...nothing(), timers });
      clock.now += 100;
      expect(await claimId(state)).toBe("soon");
      expect(await claimId(state, "b")).toBeUndefined();
      await state.commit(timer("soon", 0), nothing());
      expect(await claimId(state)).toBe("late");
    });

    test("a waiting timer holds up nobody in its thread", async () => {
      const { state } = await fresh();
      await state.receive(question("m1"));
      const timers = [timer("r1", START + HOUR)];
      await state.commit(await claimed1(state), { ...nothing(), timers });
      await state.receive(question("m2"));
      expect(await claimId(state)).toBe("m2");
    });

    test("a timer of a decision that lost is not set", async () => {
      const { state, clock } = await fresh();
      await state.receive(question("m1"));
      const lost = { ...nothing(), case: aCase("HD-1001"), expectedVersion: 7 };
      const message = await claimed1(state);
      expect(await state.commit(message, { ...lost, timers: [timer("r1", START)] })).toBe(
        "conflict",
      );
      await state.commit(message, nothing());
      clock.now += HOUR;
      expect(await claimId(state)).toBeUndefined();
    });
  });
}

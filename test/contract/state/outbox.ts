import { describe, expect, test } from "vitest";
import type { Delivery } from "../../../src/card.ts";
import {
  answer,
  claimed1,
  type Fresh,
  HOUR,
  nextId,
  nothing,
  place,
  post,
  question,
} from "./fixtures.ts";

/** How deliveries go out, wait and are given up. */
export function stateOutbox(name: string, fresh: Fresh): void {
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
      await state.failed("d2", { dead: true, unknown: false, reason: "refused" });
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
      await state.failed("d1", { dead: true, unknown: false, reason: "refused" });
      const update = await state.nextDelivery("w", 1000);
      expect(update?.delivery.id).toBe("d2");
      expect(update).not.toHaveProperty("updates");
    });

    test("a refused delivery comes again when it is due, and counts its attempts", async () => {
      const { state, clock } = await fresh();
      await answer(state, "m1", [post("d1")]);
      await state.nextDelivery("w", 1000);
      await state.failed("d1", { retryAt: clock.now + 500, unknown: false, reason: "busy" });
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
      await state.failed("d1", { retryAt: clock.now, unknown: false, reason: "busy" });
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
      await state.failed("call-1", { retryAt: clock.now, unknown: true, reason: "busy" });
      await state.failed("call-2", { retryAt: clock.now, unknown: false, reason: "busy" });
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
      await state.failed("unheard-of", { dead: true, unknown: false, reason: "refused" });
      expect(await nextId(state)).toBeUndefined();
    });

    test("what calls a person and is given up comes back as a message, once, and is kept", async () => {
      const { state, clock } = await fresh();
      const to = { kind: "route", route: "network" } as const;
      const call: Delivery = { ...post("call"), to, repeat: "never", links: "HD-1001" };
      await answer(state, "m1", [call, post("note")]);
      await state.nextDelivery("w", 1000);
      await state.failed("call", { retryAt: clock.now, unknown: true, reason: "time-out" });
      await state.failed("call", { dead: true, unknown: true, reason: "again" });
      expect(await state.claim("a", 1000)).toMatchObject({
        message: {
          address: place("t1"),
          surface: "channel",
          timer: {
            what: "undelivered",
            case: "HD-1001",
            delivery: "call",
            route: "network",
            unknown: true,
            reason: "time-out",
          },
        },
      });
      expect(await state.claim("a", 1000)).toBeUndefined();
      expect(await state.deadLetters()).toEqual([
        { delivery: call, at: clock.now, unknown: true, reason: "time-out" },
      ]);
    });

    test("a refused call says that it did not arrive; a refused answer is given up silently", async () => {
      const { state } = await fresh();
      await answer(state, "m1", [{ ...post("call"), repeat: "never" }]);
      await answer(state, "m2", [post("answer")], place("t2"));
      await state.nextDelivery("w", 1000);
      await state.nextDelivery("w", 1000);
      const refused = { dead: true, unknown: false, reason: "not_in_channel" } as const;
      await state.failed("call", refused);
      await state.failed("answer", refused);
      const { message } = (await state.claim("a", 1000)) ?? {};
      expect(message?.timer).toMatchObject({ delivery: "call", unknown: false });
      expect(await state.claim("a", 1000)).toBeUndefined();
      expect((await state.deadLetters()).map(({ delivery }) => delivery.id)).toEqual(["call"]);
    });
  });
}

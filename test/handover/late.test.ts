import { describe, expect, test } from "vitest";
import type { Route } from "../../src/handover/routes.ts";
import { ANA, ANAS, createWorld, DESK, labels, MARTA, read } from "./world.ts";

const MINUTE = 60_000;
const ON_CALL: Route = {
  name: "on-call",
  title: "On call",
  place: { platform: "there", tenant: "t", conversation: "on-call" },
  areas: [],
};
const TICKETS: Route = {
  name: "tickets",
  title: "Ticket system",
  place: { platform: "webhook", tenant: "", conversation: "tickets" },
  areas: ["*"],
};

async function handedOver(routes: Route[], prepare?: (world: World) => void) {
  const world = createWorld(routes);
  prepare?.(world);
  await world.say(ANAS, ANA, "winrm from home fails: 0x80090311");
  await world.say(ANAS, ANA, "human");
  await world.say(ANAS, ANA, "yes");
  return world;
}
type World = ReturnType<typeof createWorld>;

describe("a case that nobody takes", () => {
  test("the asker hears so once, and is told whom to call", async () => {
    const world = await handedOver([{ ...DESK, remindAfter: 15 * MINUTE, telephone: "+34 900 1" }]);
    const before = world.at(ANAS).length;
    await world.later(14 * MINUTE);
    expect(world.at(ANAS)).toHaveLength(before);
    await world.later(2 * MINUTE);
    expect(read(world.at(ANAS).at(-1))).toBe(
      "Not taken yet\n\nNobody of IT helpdesk has taken your case yet.\n\nYou can call +34 900 1.",
    );
    await world.later(24 * 60 * MINUTE);
    expect(world.at(ANAS)).toHaveLength(before + 1);
  });

  test("goes to the next route as well; the first group is not called again", async () => {
    const world = await handedOver([
      { ...DESK, tag: "S1", remindAfter: 15 * MINUTE, next: "on-call" },
      { ...ON_CALL, tag: "S2" },
    ]);
    expect(world.at(ON_CALL.place)).toEqual([]);
    await world.later(16 * MINUTE);
    expect(read(world.at(ANAS).at(-1))).toContain("It went to On call as well.");
    const [second] = world.at(ON_CALL.place);
    expect(labels(second)).toEqual(["Take it", "Ask back", "Resolve"]);
    expect(world.posts.map(({ tag }) => tag).filter(Boolean)).toEqual(["S1", "S2"]);
    await world.click(second ?? fail(), "Take it", MARTA);
    expect(read(world.at(DESK.place)[0])).toContain("Taken by Marta");
    expect(read(world.at(ANAS).at(-1))).toBe("Marta has your case now (On call).");
  });

  test("is not reminded of when it was taken in time", async () => {
    const world = await handedOver([{ ...DESK, remindAfter: 15 * MINUTE }]);
    await world.click(world.at(DESK.place)[0] ?? fail(), "Take it", MARTA);
    const before = world.at(ANAS).length;
    await world.later(60 * MINUTE);
    expect(world.at(ANAS)).toHaveLength(before);
  });

  test("outside the hours: said at once with the next opening, posted all the same; the wait begins then", async () => {
    const hours = { days: [1, 2, 3, 4, 5], from: 480, to: 1020, zone: "Asia/Tokyo" };
    const world = await handedOver([
      { ...DESK, hours, remindAfter: 15 * MINUTE, telephone: "112" },
    ]);
    expect(world.at(DESK.place)).toHaveLength(1);
    const status = read(world.at(ANAS).at(-1));
    expect(status).toMatch(
      /Closed now; there again Monday.*23 November.*08:00 \(Asia\/Tokyo\)\. You can call 112/,
    );
    const before = world.at(ANAS).length;
    await world.later(60 * MINUTE);
    expect(world.at(ANAS)).toHaveLength(before);
    await world.later(3 * 24 * 60 * MINUTE);
    expect(read(world.at(ANAS).at(-1))).toContain("Not taken yet");
  });
});

describe("a route that cannot be reached", () => {
  test("is tried again; then the asker hears the truth, and may try again", async () => {
    const world = await handedOver([{ ...DESK, telephone: "112" }], ({ refuse }) =>
      refuse("it", { retryAfterMs: 1_000 }),
    );
    expect(read(world.at(ANAS).at(-1))).toContain("with people");
    for (let n = 0; n < 8; n++) await world.later(MINUTE);
    const told = world.at(ANAS).at(-1) ?? fail();
    expect(read(told)).toContain("could not be delivered");
    expect(read(told)).toContain(
      "IT helpdesk could not be reached, although I tried several times.",
    );
    expect(read(told)).toContain("You can call 112.");
    world.accept("it");
    await world.click(told, "Try again", ANA);
    expect(labels(world.at(DESK.place)[0])).toContain("Take it");
  });

  test("the next route gets it by itself", async () => {
    const world = await handedOver([{ ...DESK, next: "on-call" }, ON_CALL], ({ refuse }) =>
      refuse("it", { reason: "channel_not_found" }),
    );
    expect(read(world.at(ANAS).at(-1))).toContain("It went to On call as well.");
    expect(world.at(ON_CALL.place)).toHaveLength(1);
  });

  test("is not tried again when it may have got it: the asker is asked", async () => {
    let tries = 0;
    const world = await handedOver([DESK], (made) => {
      made.refuse("it", { unknown: true, retryAfterMs: 1_000 });
      made.count("it", () => {
        tries += 1;
      });
    });
    await world.later(5 * MINUTE);
    expect(tries).toBe(1);
    const told = world.at(ANAS).at(-1) ?? fail();
    expect(read(told)).toContain("I could not confirm that IT helpdesk got it");
    world.accept("it");
    await world.click(told, "Send again", ANA);
    expect(world.at(DESK.place)).toHaveLength(1);
  });

  test("keeps quiet while another route has the case", async () => {
    const world = await handedOver([DESK, TICKETS], ({ refuse }) => refuse("tickets", {}));
    expect(world.at(ANAS).map(read).join()).not.toContain("could not be");
    expect((await world.state.deadLetters()).map(({ reason }) => reason)).toEqual(["test"]);
    await world.click(world.at(DESK.place)[0] ?? fail(), "Take it", MARTA);
    expect(read(world.at(ANAS).at(-1))).toContain("Marta has your case now");
  });

  test("words that do not arrive: whoever wrote them is told", async () => {
    const world = await handedOver([DESK]);
    const card = world.at(DESK.place)[0] ?? fail();
    await world.click(card, "Take it", MARTA);
    world.refuse("help", { reason: "thread_gone" });
    await world.say(card.address, MARTA, "Hello?", { addressed: false });
    expect(read(world.at(card.address).at(-1))).toContain("could not be delivered");
    world.accept("help");
    world.refuse("it", { reason: "thread_gone" });
    await world.say(ANAS, ANA, "Anybody?", { addressed: false });
    expect(read(world.at(ANAS).at(-1))).toContain("could not be delivered");
  });
});

describe("several routes", () => {
  test("a webhook hears of each turn, with the same case", async () => {
    const world = await handedOver([DESK, TICKETS]);
    const card = world.at(DESK.place)[0] ?? fail();
    await world.click(card, "Take it", MARTA);
    await world.click(card, "Resolve", MARTA);
    await world.say(card.address, MARTA, "Profile pushed again", { addressed: false });
    await world.say(ANAS, ANA, "no");
    await world.click(card, "Resolve", MARTA);
    await world.say(card.address, MARTA, "And restarted", { addressed: false });
    await world.say(ANAS, ANA, "yes");
    const told = world.events.map(({ delivery: { event } }) => [event?.type, event?.status]);
    expect(told).toEqual([
      ["hexdesk.handover.requested", "waiting"],
      ["hexdesk.handover.taken", "taken"],
      ["hexdesk.handover.resolved", "done"],
      ["hexdesk.handover.reopened", "taken"],
      ["hexdesk.handover.resolved", "done"],
      ["hexdesk.handover.closed", "closed"],
    ]);
    expect(world.events[0]?.delivery.event).toMatchObject({
      asker: "Ana",
      question: "winrm from home fails: 0x80090311",
      codes: ["0x80090311"],
      entry: { id: "0x80090311", area: "identity" },
      thread: "https://here.example/1",
    });
    expect(world.events.at(-1)?.delivery.event).toMatchObject({
      agent: "Marta",
      resolution: "And restarted",
    });
    expect(new Set(world.events.map(({ id }) => id)).size).toBe(6);
  });
});

function fail(): never {
  throw new Error("nothing was posted");
}

import { describe, expect, test } from "vitest";
import type { Address } from "../src/message.ts";
import { ANA, ANAS, createWorld, DESK, labels, MARTA, read } from "./handover/world.ts";

const EVA = { id: "eva", name: "Eva", role: "helpdesk" } as const;
const ROOM: Address = { platform: "there", tenant: "t", conversation: "ops", thread: "9" };
const DECLARE = 'incident 0x80090311 "VPN is down, we are on it"';
const MINUTE = 60_000;

const thread = (n: number): Address => ({ ...ANAS, thread: `q${n}` });
const person = (n: number) => ({ id: `p${n}`, name: `P${n}` });

async function declared() {
  const world = createWorld([DESK]);
  await world.say(ROOM, EVA, DECLARE);
  const id = /IN-\d+/.exec(read(world.at(ROOM)[0]))?.[0] ?? "none";
  return { world, id };
}

describe("an incident", () => {
  test("stands above the answer, and the case waits instead of walking steps", async () => {
    const { world, id } = await declared();
    expect(id).toMatch(/^IN-\d+$/);
    await world.say(ANAS, ANA, "0x80090311");
    const [answer] = world.at(ANAS);
    expect(read(answer)).toContain("Known disturbance: VPN is down, we are on it");
    expect(read(answer)).not.toContain("Step 1");
    expect(labels(answer)).toContain("Solve mine anyway");
    expect((await world.state.loadCase(ANAS))?.incident).toBe(id);
  });

  test("lets somebody solve theirs all the same", async () => {
    const { world } = await declared();
    await world.say(ANAS, ANA, "0x80090311");
    const [answer] = world.at(ANAS);
    if (!answer) throw new Error("no answer");
    await world.click(answer, "Solve mine anyway", ANA);
    expect(read(world.at(ANAS)[0])).toContain("step 1");
    expect(read(world.at(ANAS)[0])).not.toContain("Known disturbance");
  });

  test("tells everybody attached once when it ends, and asks whether it is gone", async () => {
    const { world, id } = await declared();
    await world.say(ANAS, ANA, "0x80090311");
    await world.say(thread(1), MARTA, "me sale el error 0x80090311 en el portátil");
    await world.say(thread(2), person(2), "0x80070005");
    await world.say(ROOM, EVA, `incident end ${id}`);
    await world.say(ROOM, EVA, `incident end ${id}`);
    expect(read(world.at(ROOM)[1])).toContain("told now: 2");
    expect(read(world.at(ROOM)[2])).toContain("is not open");
    const told = world
      .at(ANAS)
      .map(read)
      .filter((text) => text.includes("disturbance is over"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("VPN is down, we are on it");
    expect(read(world.at(thread(1)).at(-1))).toContain("La incidencia ha terminado");
    expect(world.at(thread(2))).toHaveLength(1);
    await world.say(ANAS, ANA, "yes, it is gone", { addressed: false });
    expect((await world.state.loadCase(ANAS))?.status).toBe("resolved");
    await world.say(thread(1), MARTA, "no, sigue igual", { addressed: false });
    expect((await world.state.loadCase(thread(1)))?.position.at).toBe("step");
  });

  test("does not stand above answers any more when it is over", async () => {
    const { world, id } = await declared();
    await world.say(ROOM, EVA, `incident end ${id}`);
    await world.say(ANAS, ANA, "0x80090311");
    expect(read(world.at(ANAS)[0])).not.toContain("Known disturbance");
    expect(read(world.at(ANAS)[0])).toContain("Step 1");
  });

  test("reaches a case that was open before, with its next step", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, "0x80090311");
    await world.say(ROOM, EVA, DECLARE);
    await world.say(ANAS, ANA, "next", { addressed: false });
    expect(read(world.at(ANAS).at(-1))).toContain("Known disturbance");
    await world.say(ANAS, ANA, "next", { addressed: false });
    expect(read(world.at(ANAS).at(-1))).not.toContain("Known disturbance");
  });

  test("stands above a private answer and one about a code without an entry", async () => {
    const world = createWorld([DESK]);
    await world.say(ROOM, EVA, DECLARE);
    await world.say(ROOM, EVA, 'incident 0x800F0200 "The driver server is down"');
    await world.say({ ...ANAS, thread: "s" }, ANA, "0x80090311", { surface: "slash" });
    expect(world.whispers.at(-1)?.card.blocks[0]).toMatchObject({ type: "notice" });
    await world.say(ANAS, ANA, "0x800F0200");
    expect(read(world.at(ANAS)[0])).toContain("The driver server is down");
  });

  test("said again changes its sentence and keeps its number", async () => {
    const { world, id } = await declared();
    await world.say(ROOM, EVA, 'incident 0x80090311 "VPN is back at noon"');
    await world.say(ROOM, EVA, "incidents");
    const list = read(world.at(ROOM).at(-1));
    expect(list).toContain(`${id} · 0x80090311`);
    expect(list).toContain("VPN is back at noon");
    expect(list).not.toContain("we are on it");
  });

  test("works in Spanish", async () => {
    const world = createWorld([DESK]);
    await world.say(ROOM, EVA, "incidencia 0x80090311 «La VPN está caída, estamos en ello»", {
      locale: "es",
    });
    const id = /IN-\d+/.exec(read(world.at(ROOM)[0]))?.[0];
    expect(read(world.at(ROOM)[0])).toContain(`${id} está abierta`);
    await world.say(ROOM, EVA, "incidencias", { locale: "es" });
    expect(read(world.at(ROOM)[1])).toContain("La VPN está caída");
    await world.say(ROOM, EVA, `incidencia fin ${id}`, { locale: "es" });
    expect(read(world.at(ROOM)[2])).toContain("ha terminado");
  });

  test.each([DECLARE, "incident end IN-1001", "incidents", "report week", "incidencias"])(
    "is not for others: %s",
    async (text) => {
      const world = createWorld([DESK]);
      await world.say(ANAS, ANA, text);
      expect(world.at(ANAS)).toEqual([]);
      expect(world.whispers).toHaveLength(1);
      expect(await world.state.incidents()).toEqual([]);
    },
  );

  test("without quotes or a known code is no incident", async () => {
    const world = createWorld([DESK]);
    await world.say(ROOM, EVA, "incident 0x80090311 on two laptops");
    expect(read(world.at(ROOM)[0])).toContain("0x80090311 ·");
    await world.say({ ...ROOM, thread: "10" }, EVA, 'incident coffee "It is cold"');
    expect(read(world.at({ ...ROOM, thread: "10" })[0])).toContain("Which error is it about?");
    expect(await world.state.incidents()).toEqual([]);
  });

  test("of another tenant of the platform is not told", async () => {
    const { world } = await declared();
    await world.say({ ...ROOM, tenant: "other", thread: "1" }, ANA, "0x80090311");
    expect(read(world.posts.at(-1))).not.toContain("Known disturbance");
  });

  test("keeps no password of its sentence, but the address that everybody is to know", async () => {
    const world = createWorld([DESK]);
    await world.say(ROOM, EVA, 'incident 0x80090311 "VPN down, use the password: Sommer-2026!x"');
    await world.say({ ...ROOM, thread: "10" }, EVA, 'incident 0x80070005 "Use 10.20.30.40 today"');
    expect((await world.state.incidents()).map(({ sentence }) => sentence)).toEqual([
      "VPN down, use the password: [password]",
      "Use 10.20.30.40 today",
    ]);
    expect(read(world.at(ROOM).at(-1))).not.toContain("Sommer");
  });

  test("of another tenant is neither listed nor ended nor reworded", async () => {
    const { world, id } = await declared();
    const elsewhere = (n: number) => ({ ...ROOM, tenant: "other", thread: `o${n}` });
    await world.say(elsewhere(1), EVA, "incidents");
    expect(read(world.at(elsewhere(1))[0])).not.toContain("VPN is down");
    await world.say(elsewhere(2), EVA, `incident end ${id}`);
    expect(read(world.at(elsewhere(2))[0])).toContain("is not open");
    await world.say(elsewhere(3), EVA, 'incident 0x80090311 "Ours alone"');
    const open = await world.state.incidents();
    expect(open.map(({ sentence, by }) => [by.tenant, sentence])).toEqual([
      ["t", "VPN is down, we are on it"],
      ["other", "Ours alone"],
    ]);
  });
});

describe("many people with the same entry", () => {
  test("put one note into the helpdesk's channel, and not again within the quarter of an hour", async () => {
    const world = createWorld([DESK]);
    for (let n = 1; n <= 4; n++) await world.say(thread(n), person(n), "0x80090311");
    await world.say(thread(41), person(4), "0x80090311");
    expect(world.at(DESK.place)).toEqual([]);
    await world.say(thread(5), person(5), "0x80090311");
    await world.say(thread(6), person(6), "0x80090311");
    const notes = world.at(DESK.place);
    expect(notes).toHaveLength(1);
    expect(read(notes[0])).toContain("Many ask about 0x80090311");
    expect(read(notes[0])).toContain("5 people");
  });

  test("are counted anew after it", async () => {
    const world = createWorld([DESK]);
    for (let n = 1; n <= 5; n++) await world.say(thread(n), person(n), "0x80090311");
    await world.later(16 * MINUTE);
    for (let n = 6; n <= 9; n++) await world.say(thread(n), person(n), "0x80090311");
    expect(world.at(DESK.place)).toHaveLength(1);
    await world.say(thread(10), person(10), "0x80090311");
    expect(world.at(DESK.place)).toHaveLength(2);
  });

  test("do not include those who are led through its steps", async () => {
    const world = createWorld([DESK]);
    for (let n = 1; n <= 4; n++) await world.say(thread(n), person(n), "0x80090311");
    await world.later(16 * MINUTE);
    for (let n = 1; n <= 4; n++) await world.say(thread(n), person(n), "next");
    await world.say(thread(5), person(5), "0x80090311");
    expect(world.at(DESK.place)).toEqual([]);
  });

  test("slowly, or with different entries, put none", async () => {
    const world = createWorld([DESK]);
    for (let n = 1; n <= 4; n++) await world.say(thread(n), person(n), "0x80090311");
    await world.say(thread(5), person(5), "0x80070005");
    await world.later(16 * MINUTE);
    await world.say(thread(6), person(6), "0x80090311");
    expect(world.at(DESK.place)).toEqual([]);
  });

  test("are noted in the route's language, and only where there is a route", async () => {
    const spanish = createWorld([{ ...DESK, language: "es" }]);
    const none = createWorld([]);
    for (let n = 1; n <= 5; n++) {
      await spanish.say(thread(n), person(n), "0x80090311");
      await none.say(thread(n), person(n), "0x80090311");
    }
    expect(read(spanish.at(DESK.place)[0])).toContain("5 personas");
    expect(await none.state.events({ from: 0, what: ["many.noted"] })).toHaveLength(1);
    expect(none.posts).toHaveLength(5);
  });

  test("are noted in a channel beside a webhook; a webhook, which gets cases only, hears nothing", async () => {
    const place = { platform: "webhook", tenant: "", conversation: "tickets" };
    const tickets = { ...DESK, name: "tickets", place };
    const beside = createWorld([tickets, DESK]);
    const alone = createWorld([tickets]);
    for (let n = 1; n <= 5; n++) {
      await beside.say(thread(n), person(n), "0x80090311");
      await alone.say(thread(n), person(n), "0x80090311");
    }
    expect(read(beside.at(DESK.place)[0])).toContain("Many ask about 0x80090311");
    expect([...beside.at(place), ...alone.at(place), ...beside.events, ...alone.events]).toEqual(
      [],
    );
  });
});

import { describe, expect, test } from "vitest";
import { ANA, ANAS, createWorld, DESK, LEO, labels, MARTA, read } from "./world.ts";

const VPN = "winrm from home over vpn fails: 0x80090311, my password is hunter2-blue";

const INSIDE = /^I am inside, on the VPN/;

/** Ana asked, tried one step and sent the case; Marta's card is posted. */
async function handedOver(routes = [DESK]) {
  const world = createWorld(routes);
  await world.say(ANAS, ANA, VPN);
  await world.click(world.at(ANAS).at(-1) ?? fail(), INSIDE, ANA);
  await world.say(ANAS, ANA, "a human please");
  const preview = world.at(ANAS).at(-1);
  if (!preview) throw new Error("no preview");
  await world.click(preview, "Send", ANA);
  const card = world.at(DESK.place).at(0);
  if (!card) throw new Error("no card");
  return { ...world, preview, card };
}

describe("asking for a person", () => {
  test("shows what would be sent to whom before anything is sent", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.click(world.at(ANAS).at(-1) ?? fail(), INSIDE, ANA);
    await world.say(ANAS, ANA, "human");
    const preview = world.at(ANAS).at(-1);
    expect(read(preview)).toContain("IT helpdesk");
    expect(read(preview)).toContain("winrm from home over vpn");
    expect(read(preview)).toContain("on the company's network: I am inside");
    expect(labels(preview)).toEqual(["Send", "Not now"]);
    expect(world.at(DESK.place)).toEqual([]);
  });

  test("what is written then is added to it", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "human");
    await world.say(ANAS, ANA, "It began after I changed my router yesterday");
    expect(read(world.at(ANAS).at(-1))).toContain("Added: It began after I changed my router");
    await world.say(ANAS, ANA, "yes, send it");
    expect(read(world.at(DESK.place)[0])).toContain("It began after I changed my router");
  });

  test("Not now goes back to the step, and nothing is sent", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "human");
    const preview = world.at(ANAS).at(-1);
    await world.click(preview ?? fail(), "Not now", ANA);
    expect(read(world.at(ANAS).at(-1))).toMatch(/Step 1/);
    await world.click(world.at(ANAS).at(-1) ?? fail(), INSIDE, ANA);
    expect(read(world.at(ANAS).at(-1))).toMatch(/Step 2/);
    expect(world.at(DESK.place)).toEqual([]);
  });

  test("nobody else can send it", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "human");
    await world.click(world.at(ANAS).at(-1) ?? fail(), "Send", LEO);
    expect(world.at(DESK.place)).toEqual([]);
    expect(world.whispers.at(-1)).toMatchObject({ to: "leo" });
  });

  test("pressed twice it is sent once", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "human");
    const preview = world.at(ANAS).at(-1) ?? fail();
    const before = structuredClone(preview);
    await world.together([preview, "Send", ANA], [before, "Send", ANA]);
    expect(world.at(DESK.place)).toHaveLength(1);
  });

  test("without a route for the area nobody is called, and the card says so", async () => {
    const world = createWorld([{ ...DESK, areas: ["printing-only"] }]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "human");
    expect(read(world.at(ANAS).at(-1))).toContain("Nobody is called by this");
    expect(world.at(DESK.place)).toEqual([]);
  });
});

describe("the agent's card", () => {
  test("holds all that is needed to start where the asker stopped", async () => {
    const { card } = await handedOver();
    const text = read(card);
    expect(card.card.title).toMatch(/^HD-\d+ · 0x80090311 · /);
    for (const part of [
      "Waiting for somebody to take it",
      "winrm from home over vpn",
      "Asked by: Ana",
      "0x80090311",
      "on the company's network: I am inside",
      "The step that stood open",
      "https://here.example/1",
      "your words reach Ana",
    ]) {
      expect(text).toContain(part);
    }
    expect(labels(card)).toEqual(["Take it", "Ask back", "Resolve"]);
  });

  test("tells the asker to whom it went", async () => {
    const { at } = await handedOver();
    expect(read(at(ANAS).at(-1))).toMatch(
      /HD-\d+ is with people[\s\S]*IT helpdesk: They get it at once/,
    );
  });

  test("is in the route's language and quotes the asker as written", async () => {
    const { card } = await handedOver([{ ...DESK, language: "es" }]);
    expect(read(card)).toContain("Espera a que alguien lo tome");
    expect(read(card)).toContain("winrm from home over vpn");
    expect(read(card)).toContain("Escribe en: English");
    expect(labels(card)).toEqual(["Lo tomo", "Preguntar", "Resolver"]);
  });

  test("mentions the route's group once", async () => {
    const world = await handedOver([{ ...DESK, tag: "S123" }]);
    await world.click(world.card, "Take it", MARTA);
    expect(world.posts.filter(({ tag }) => tag === "S123")).toHaveLength(1);
  });
});

describe("an agent", () => {
  test("takes it: the asker is told, the card shows who has it", async () => {
    const world = await handedOver();
    await world.click(world.card, "Take it", MARTA);
    expect(read(world.at(ANAS).at(-1))).toBe("Marta has your case now (IT helpdesk).");
    expect(world.at(ANAS).map(read).join()).toContain("Marta has your case.");
    expect(read(world.card)).toContain("Taken by Marta");
    expect(labels(world.card)).toEqual(["Ask back", "Resolve"]);
  });

  test("of two who press at once one has it, the other is told who", async () => {
    const world = await handedOver();
    const same = structuredClone(world.card);
    await world.together([world.card, "Take it", MARTA], [same, "Take it", LEO]);
    const taken = await world.state.events({ from: 0, what: ["handover.taken"] });
    expect(taken).toHaveLength(1);
    const winner = taken[0]?.by?.id === "marta" ? "Marta" : "Leo";
    const loser = winner === "Marta" ? "leo" : "marta";
    expect(world.whispers).toHaveLength(1);
    expect(world.whispers[0]?.to).toBe(loser);
    expect(world.whispers[0]?.card.title).toBe(`${winner} has this case.`);
  });

  test("writes in the thread of the card and the asker reads it; the answer comes back", async () => {
    const world = await handedOver();
    await world.click(world.card, "Take it", MARTA);
    await world.say(world.card.address, MARTA, "Which <!channel> VPN do you use? *bold*", {
      addressed: false,
    });
    expect(read(world.at(ANAS).at(-1))).toContain(
      "Marta writes:\n\nWhich <!channel> VPN do you use? *bold*",
    );
    await world.say(ANAS, ANA, "The new one, since Monday", { addressed: false });
    expect(read(world.at(world.card.address).at(-1))).toBe(
      "Ana writes:\n\nThe new one, since Monday",
    );
  });

  test("is not overheard before taking it, nor when speaking to a colleague", async () => {
    const world = await handedOver();
    const before = world.at(ANAS).length;
    await world.say(world.card.address, MARTA, "Hm, again?", { addressed: false });
    expect(world.whispers.at(-1)?.card.title).toContain("Ana does not read this thread");
    await world.say(world.card.address, MARTA, "Hm.", { addressed: false });
    expect(world.whispers).toHaveLength(1);
    await world.clickWhisper("Take it", MARTA, world.card.address);
    const taken = world.at(ANAS).length;
    await world.say(world.card.address, MARTA, "look at this one", {
      addressed: false,
      mentions: ["leo"],
    });
    await world.say(world.card.address, LEO, "I know that", { addressed: false });
    expect(taken).toBe(before + 1);
    expect(world.at(ANAS)).toHaveLength(taken);
  });

  test("asks back: the case is theirs, and the thread says how it goes on", async () => {
    const world = await handedOver();
    await world.click(world.card, "Ask back", MARTA);
    expect(read(world.card)).toContain("Taken by Marta");
    expect(read(world.at(world.card.address).at(-1))).toContain(
      "Write your question here: it reaches Ana",
    );
  });

  test("resolves with a line; the asker confirms", async () => {
    const world = await handedOver();
    await world.click(world.card, "Take it", MARTA);
    await world.click(world.card, "Resolve", MARTA);
    expect(read(world.at(world.card.address).at(-1))).toContain("What solved it?");
    await world.say(
      world.card.address,
      MARTA,
      "The VPN profile lacked the DNS servers; pushed it again.",
      {
        addressed: false,
      },
    );
    const verdict = world.at(ANAS).at(-1) ?? fail();
    expect(read(verdict)).toContain("Marta says that it is solved");
    expect(read(verdict)).toContain("lacked the DNS servers");
    await world.click(verdict, "Yes, it is gone", ANA);
    expect(read(verdict)).toMatch(/HD-\d+: resolved/);
    expect(read(world.card)).toContain("Closed: solved by Marta, confirmed by the asker");
    expect(read(world.at(world.card.address).at(-1))).toBe("Ana confirms: it is gone.");
    const events = await world.state.events({ from: 0 });
    expect(events.map(({ what }) => what).filter((what) => /hand|resolved/.test(what))).toEqual([
      "case.handed-over",
      "handover.taken",
      "handover.resolved",
      "case.resolved",
    ]);
  });

  test.each(["No, it is still there", "no, still the same"])(
    "gets it back when the asker says: %s",
    async (answer) => {
      const world = await handedOver();
      await world.click(world.card, "Resolve", MARTA);
      await world.click(world.at(world.card.address).at(-1) ?? fail(), "As discussed", MARTA);
      const verdict = world.at(ANAS).at(-1) ?? fail();
      if (answer.startsWith("No, it is")) await world.click(verdict, answer, ANA);
      else await world.say(ANAS, ANA, answer);
      expect(read(world.card)).toContain("Taken by Marta");
      expect(read(world.at(world.card.address).at(-1))).toContain(
        "still there. The case is yours again",
      );
      await world.say(world.card.address, MARTA, "Then restart it", { addressed: false });
      expect(read(world.at(ANAS).at(-1))).toContain("Then restart it");
    },
  );

  test("who did not take it resolves nothing", async () => {
    const world = await handedOver();
    await world.click(world.card, "Take it", MARTA);
    await world.click(world.card, "Resolve", LEO);
    expect(world.whispers.at(-1)?.card.title).toBe("Marta has this case.");
    expect(read(world.card)).toContain("Taken by Marta");
  });
});

describe("the asker, while people have the case", () => {
  test("adds words to the card until somebody took it", async () => {
    const world = await handedOver();
    await world.say(ANAS, ANA, "It also happens on the tablet");
    expect(read(world.at(ANAS).at(-1))).toBe("Added to your case.");
    expect(read(world.card)).toContain("It also happens on the tablet");
  });

  test("closes it alone, and the cards say so", async () => {
    const world = await handedOver();
    await world.say(ANAS, ANA, "the problem is gone");
    expect(read(world.card)).toContain("Closed: the asker says that it is solved");
    expect(labels(world.card)).toEqual([]);
  });

  test("asks Hexdesk about another code without losing the case", async () => {
    const world = await handedOver();
    await world.click(world.card, "Take it", MARTA);
    await world.say(ANAS, ANA, "and what is 0x80070005?");
    expect(read(world.at(ANAS).at(-1))).toContain("0x80070005");
    await world.say(world.card.address, MARTA, "Still here", { addressed: false });
    expect(read(world.at(ANAS).at(-1))).toContain("Still here");
  });

  test("talks to a colleague unheard", async () => {
    const world = await handedOver();
    await world.click(world.card, "Take it", MARTA);
    const before = world.at(world.card.address).length;
    await world.say(ANAS, ANA, "is it the same for you?", { addressed: false, mentions: ["leo"] });
    await world.say(ANAS, LEO, "for me it works", { addressed: false });
    expect(world.at(world.card.address)).toHaveLength(before);
  });
});

function fail(): never {
  throw new Error("nothing was posted");
}

describe("a question that nothing was found for", () => {
  test("goes to a person with its words", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, "the purple dinosaur app eats my invoices");
    await world.click(world.at(ANAS).at(-1) ?? fail(), "Ask a person", ANA);
    expect(read(world.at(ANAS).at(-1))).toContain("the purple dinosaur app eats my invoices");
    await world.say(ANAS, ANA, "send it");
    expect(read(world.at(DESK.place)[0])).toContain("the purple dinosaur app eats my invoices");
  });

  test("asked in a slash command it goes on in a private conversation", async () => {
    const world = createWorld([DESK]);
    const { thread: _, ...channel } = ANAS;
    await world.say(channel, ANA, "0x80090311", { surface: "slash" });
    const answer = world.at(channel).at(-1) ?? world.whispered();
    await world.clickIn(channel, answer, "Ask a person", ANA, "slash");
    const preview = world.posts.at(-1) ?? fail();
    expect(preview.card.title).toBe("Send this to a person?");
    await world.click(preview, "Send", ANA);
    expect(world.at(DESK.place)).toHaveLength(1);
  });
});

test("a password in the question is nowhere in what others see or what is kept", async () => {
  const { posts, state } = await handedOver();
  const cases = JSON.stringify([
    posts,
    await state.casesOf({ owner: { platform: "here", tenant: "t", id: "ana" } }),
  ]);
  expect(cases).toContain("winrm from home over vpn");
  expect(cases).not.toContain("hunter2");
});

describe("a button that was posted before the case moved on", () => {
  test("still works for the asker: the agents' doings do not make it too old", async () => {
    const world = await handedOver();
    await world.click(world.card, "Resolve", MARTA);
    await world.click(world.at(world.card.address).at(-1) ?? fail(), "As discussed", MARTA);
    const verdict = world.at(ANAS).at(-1) ?? fail();
    await world.click(world.card, "Save as entry", MARTA);
    await world.click(verdict, "Yes, it is gone", ANA);
    expect(read(verdict)).toMatch(/HD-\d+: resolved/);
    await world.click(verdict, "It is back", ANA);
    expect(read(world.card)).toContain("Taken by Marta");
  });

  test("of a step does not take the case back from the people", async () => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    const step = structuredClone(world.at(ANAS).at(-1) ?? fail());
    await world.say(ANAS, ANA, "human");
    await world.say(ANAS, ANA, "yes");
    for (const label of [INSIDE, "Not my problem", "Ask a person"])
      await world.click(step, label, ANA);
    const { status } = (await world.state.loadCase(ANAS)) ?? {};
    expect(status).toBe("handed-over");
    expect(world.at(DESK.place)).toHaveLength(1);
  });
});

test("who names the other in the own thread is heard", async () => {
  const world = await handedOver();
  await world.click(world.card, "Take it", MARTA);
  const { address } = world.card;
  await world.say(address, MARTA, "@ana which client?", { addressed: false, mentions: ["ana"] });
  expect(read(world.at(ANAS).at(-1))).toContain("which client?");
  await world.say(ANAS, ANA, "@marta the new one", { addressed: false, mentions: ["marta"] });
  expect(read(world.at(address).at(-1))).toContain("the new one");
});

test("the asker changes the language while people have the case", async () => {
  const world = await handedOver();
  await world.say(ANAS, ANA, "en español por favor");
  expect(read(world.at(ANAS).at(-1))).toContain("está en manos de personas");
  await world.click(world.card, "Take it", MARTA);
  expect(read(world.at(ANAS).at(-1))).toBe("Marta lleva ahora tu caso (IT helpdesk).");
  expect(read(world.card)).toContain("Taken by Marta");
});

test.each(["ok", "vale", "yes"])("%s to the preview sends it", async (word) => {
  const world = createWorld([DESK]);
  await world.say(ANAS, ANA, VPN);
  await world.say(ANAS, ANA, "a human please");
  await world.say(ANAS, ANA, word);
  expect(world.at(DESK.place)).toHaveLength(1);
});

test.each(["thanks", "ok", "un momento"])(
  "%s while nobody has the case yet is no note on it",
  async (word) => {
    const world = await handedOver();
    const before = world.at(ANAS).length;
    await world.say(ANAS, ANA, word);
    expect(world.at(ANAS)).toHaveLength(before);
    expect(read(world.card)).not.toContain(`Added: ${word}`);
  },
);

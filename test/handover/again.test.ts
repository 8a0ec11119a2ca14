import { expect, test } from "vitest";
import { ANA, ANAS, createWorld, DESK, LEO, labels, MARTA, type Post, read } from "./world.ts";

const VPN = "winrm from home over vpn fails: 0x80090311";

function last(posts: Post[]): Post {
  const post = posts.at(-1);
  if (!post) throw new Error("nothing was posted");
  return post;
}

/** Ana's case is with Marta. */
async function taken() {
  const world = createWorld([DESK]);
  await world.say(ANAS, ANA, VPN);
  await world.say(ANAS, ANA, "a human please");
  await world.click(last(world.at(ANAS)), "Send", ANA);
  const card = last(world.at(DESK.place));
  await world.click(card, "Take it", MARTA);
  return { ...world, card };
}

test("a bare number answers the agent's question and closes nothing", async () => {
  const world = await taken();
  await world.say(world.card.address, MARTA, "How many screens do you have?", { addressed: false });
  expect(labels(last(world.at(ANAS)))).toEqual(["Resolved"]);
  await world.say(ANAS, ANA, "1", { addressed: false });
  expect(read(last(world.at(world.card.address)))).toBe("Ana writes:\n\n1");
  expect((await world.state.loadCase(ANAS))?.status).toBe("handed-over");
});

test.each(["it is back", "it does not work", "no, still the same"])(
  "after an agent solved it, days later, %s leads to that agent again",
  async (words) => {
    const world = await taken();
    await world.click(world.card, "Resolve", MARTA);
    await world.click(last(world.at(world.card.address)), "As discussed", MARTA);
    await world.click(last(world.at(ANAS)), "Yes, it is gone", ANA);
    await world.later(2 * 86_400_000);
    await world.say(ANAS, ANA, words);
    expect(read(last(world.at(ANAS)))).toContain("Marta has your case.");
    expect(read(last(world.at(world.card.address)))).toContain("The case is yours again");
  },
);

test("a case whose agent was erased can be taken by another", async () => {
  const world = await taken();
  await world.state.erasePerson({ platform: "there", tenant: "t", id: "marta" });
  await world.say(world.card.address, LEO, "Anybody on this?", { addressed: false });
  await world.clickWhisper("Take it", LEO, world.card.address);
  expect(read(world.card)).toContain("Taken by Leo");
  await world.say(world.card.address, LEO, "Hello Ana", { addressed: false });
  expect(read(last(world.at(ANAS)))).toContain("Leo writes:\n\nHello Ana");
});

test("in a chat without threads the agent's question is confirmed although a newer case stands there", async () => {
  const chat = { platform: "here", tenant: "t", conversation: "chat" };
  const world = createWorld([DESK]);
  const inChat = { surface: "dm" } as const;
  await world.say(chat, ANA, VPN, inChat);
  await world.say(chat, ANA, "a human please", inChat);
  await world.clickIn(chat, last(world.at(chat)), "Send", ANA, "dm");
  const card = last(world.at(DESK.place));
  await world.say(chat, ANA, "and what is 0x80070005?", inChat);
  await world.click(card, "Resolve", MARTA);
  await world.say(card.address, MARTA, "Pushed the profile again", { addressed: false });
  const verdict = last(world.at(chat));
  await world.clickIn(chat, verdict, "Yes, it is gone", LEO, "dm");
  expect(read(card)).not.toContain("confirmed by the asker");
  await world.clickIn({ ...chat, conversation: "other" }, verdict, "Yes, it is gone", ANA, "dm");
  expect(read(card)).not.toContain("confirmed by the asker");
  await world.clickIn(chat, verdict, "Yes, it is gone", ANA, "dm");
  expect(read(card)).toContain("confirmed by the asker");
});

test("a colleague takes the case over from an agent who is away", async () => {
  const world = await taken();
  await world.click(world.card, "Resolve", LEO);
  expect(labels(world.whispered())).toEqual(["Take it over"]);
  await world.clickWhisper("Take it over", LEO, world.card.address);
  expect(read(world.card)).toContain("Taken by Leo");
  expect(read(last(world.at(world.card.address)))).toBe("Leo took this case over from Marta.");
  expect(read(last(world.at(ANAS)))).toContain("Leo has your case now");
  await world.say(world.card.address, LEO, "Hello Ana", { addressed: false });
  expect(read(last(world.at(ANAS)))).toContain("Leo writes:\n\nHello Ana");
  const heard = world.at(ANAS).length;
  await world.say(world.card.address, MARTA, "I am back", { addressed: false });
  expect(world.at(ANAS)).toHaveLength(heard);
});

const FILE = { name: "screen.png", size: 1_000, mimetype: "image/png", url: "https://x.example/1" };

test("whoever attaches a file is told that only words go on", async () => {
  const world = await taken();
  const inThread = { addressed: false, files: [FILE] };
  await world.say(ANAS, ANA, "", inThread);
  expect(world.whispers.at(-1)).toMatchObject({ to: "ana" });
  expect(world.whispers.at(-1)?.card.title).toContain("Files stay here");
  await world.say(ANAS, ANA, "this is what I see", inThread);
  expect(read(last(world.at(world.card.address)))).toContain("this is what I see");
  expect(world.whispers).toHaveLength(2);
  await world.say(world.card.address, MARTA, "", inThread);
  expect(world.whispers.at(-1)).toMatchObject({ to: "marta" });
  expect(world.whispers.at(-1)?.card.title).toContain("give Ana the file another way");
});

test("whoever asked too often still reaches a person, by words", async () => {
  const world = createWorld([DESK]);
  await world.say(ANAS, ANA, VPN);
  for (let n = 0; n < 20; n += 1)
    await world.say({ ...ANAS, thread: `more-${n}` }, ANA, "0x80070005");
  expect(world.whispers.at(-1)?.card.title).toMatch(/wait|many|lot/i);
  await world.say(ANAS, ANA, "a human please");
  await world.say(ANAS, ANA, "it began on Monday");
  await world.say(ANAS, ANA, "yes, send it");
  expect(read(world.at(DESK.place)[0])).toContain("it began on Monday");
});

test("what an agent writes after the asker closed the case stays in the agent's thread", async () => {
  const world = await taken();
  await world.say(ANAS, ANA, "the problem is gone");
  const heard = world.at(ANAS).length;
  await world.say(world.card.address, MARTA, "An odd one", { addressed: false });
  await world.say(world.card.address, MARTA, "Really odd", { addressed: false });
  expect(world.at(ANAS)).toHaveLength(heard);
  expect(world.whispers.map(({ to, card }) => [to, card.title])).toEqual([
    ["marta", "Ana closed this case, so Ana does not read this thread any more."],
  ]);
  await world.say(ANAS, ANA, "it is back");
  await world.say(world.card.address, MARTA, "On it", { addressed: false });
  expect(read(last(world.at(ANAS)))).toContain("On it");
});

test.each(["not now", "Cancel", "don't send it", "ahora no", "no lo envíes"])(
  "before it is sent, %s sends nothing and adds nothing",
  async (words) => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "a human please");
    await world.say(ANAS, ANA, words, { addressed: false });
    expect(world.at(DESK.place)).toEqual([]);
    expect((await world.state.loadCase(ANAS))?.position.at).toBe("step");
  },
);

test.each(["Take it", "Ask back", "Resolve"])(
  "%s on the card of a case whose asker was erased says so",
  async (label) => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "a human please");
    await world.click(last(world.at(ANAS)), "Send", ANA);
    const card = last(world.at(DESK.place));
    await world.state.erasePerson({ platform: "here", tenant: "t", id: "ana" });
    const before = world.posts.length;
    await world.click(card, label, MARTA);
    expect(world.whispers.at(-1)).toMatchObject({ to: "marta" });
    expect(read(world.whispered())).toContain("This case was erased");
    expect(read(world.whispered())).not.toContain("too old");
    expect(world.posts).toHaveLength(before);
  },
);

test("the erased person's own old card opens nothing anew", async () => {
  const world = createWorld([DESK]);
  await world.say(ANAS, ANA, VPN);
  const step = last(world.at(ANAS));
  await world.state.erasePerson({ platform: "here", tenant: "t", id: "ana" });
  await world.click(step, /^I am inside/, ANA);
  expect(read(world.whispered())).toContain("This case was erased");
  expect(await world.state.loadCase(ANAS)).toBeUndefined();
});

test.each(["thanks", "ok thanks", "vale, gracias", "ok?"])(
  "whoever says %j to the preview is asked again whether to send it",
  async (words) => {
    const world = createWorld([DESK]);
    await world.say(ANAS, ANA, VPN);
    await world.say(ANAS, ANA, "a human please");
    await world.say(ANAS, ANA, words);
    expect(labels(last(world.at(ANAS)))).toContain("Send");
    expect(world.at(DESK.place)).toEqual([]);
    await world.click(last(world.at(ANAS)), "Send", ANA);
    expect(world.at(DESK.place)).toHaveLength(1);
  },
);

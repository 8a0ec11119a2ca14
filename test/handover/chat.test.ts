import { expect, test } from "vitest";
import type { Address } from "../../src/message.ts";
import { ANA, createWorld, DESK, LEO, labels, MARTA, type Post, read } from "./world.ts";

/** Teams' personal chat: a conversation without threads, in which two cases meet. */
const CHAT: Address = { platform: "here", tenant: "t", conversation: "chat" };
const DIRECT = { surface: "dm" } as const;

function last(posts: Post[]): Post {
  const post = posts.at(-1);
  if (!post) throw new Error("nothing was posted");
  return post;
}

/** Ana's first case is with Marta; a second one, of 0x80070005, stands at its first step. */
async function twoCases() {
  const world = createWorld([DESK]);
  const say = (text: string) => world.say(CHAT, ANA, text, DIRECT);
  const press = (post: Post, label: string | RegExp) => world.clickIn(CHAT, post, label, ANA, "dm");
  await say("winrm from home over vpn fails: 0x80090311");
  await say("a human please");
  await press(last(world.at(CHAT)), "Send");
  const card = last(world.at(DESK.place));
  await say("and what is 0x80070005?");
  const second = last(world.at(CHAT));
  await world.click(card, "Take it", MARTA);
  const write = (text: string) => world.say(card.address, MARTA, text, { addressed: false });
  return { ...world, say, press, card, second, write, desk: () => world.at(card.address) };
}

test("an answer to the agent reaches the agent, although another question was asked meanwhile", async () => {
  const world = await twoCases();
  await world.write("Which VPN do you use?");
  await world.say("The new one, since Monday");
  expect(read(last(world.desk()))).toBe("Ana writes:\n\nThe new one, since Monday");
  expect(read(world.whispered())).toContain("This went to Marta (HD-1001).");
  await world.say("it works with the old one");
  expect(read(last(world.desk()))).toContain("it works with the old one");
});

test("the line below it leads back to the other question, and words go there then", async () => {
  const world = await twoCases();
  await world.write("Which VPN do you use?");
  await world.say("The new one");
  const heard = world.desk().length;
  expect(labels(world.whispered())).toEqual([expect.stringMatching(/^Go on with HD-\d+$/)]);
  await world.press(world.whispered(), /^Go on with/);
  expect(read(last(world.at(CHAT)))).toContain("Step 1");
  await world.say("next");
  expect(read(last(world.at(CHAT)))).toContain("step 2");
  expect(world.desk()).toHaveLength(heard);
});

test("a click on the other question's card works, and what is typed then belongs to it", async () => {
  const world = await twoCases();
  await world.write("One moment please");
  await world.press(world.second, /./);
  const heard = world.desk().length;
  await world.say("next");
  expect(read(last(world.at(CHAT)))).toMatch(/0x80070005|step/i);
  expect(world.desk()).toHaveLength(heard);
});

test("what somebody else presses or writes in the same chat leads the owner's words nowhere else", async () => {
  const world = await twoCases();
  await world.write("Which VPN do you use?");
  await world.clickIn(CHAT, world.second, /./, LEO, "dm");
  await world.say("The new one");
  expect(read(last(world.desk()))).toBe("Ana writes:\n\nThe new one");
});

test("words that the open step does not understand can be sent to the agent instead", async () => {
  const world = await twoCases();
  await world.write("One moment please");
  await world.press(world.second, /./);
  await world.say("the blue one with the sticker");
  const hint = last(world.at(CHAT));
  expect(labels(hint)).toContain("Write to Marta");
  await world.press(hint, "Write to Marta");
  expect(read(last(world.at(CHAT)))).toContain("What you write now goes to Marta (HD-1001).");
  await world.say("the blue one with the sticker");
  expect(read(last(world.desk()))).toContain("the blue one with the sticker");
});

test("a code that is written to the agent can be asked of Hexdesk with one click", async () => {
  const world = await twoCases();
  await world.write("Which code do you see now?");
  await world.say("0x80070035");
  expect(read(last(world.desk()))).toContain("0x80070035");
  await world.press(world.whispered(), "Ask me: 0x80070035");
  expect(read(last(world.at(CHAT)))).toContain("0x80070035 ·");
  expect(read(world.card)).toContain("Taken by Marta");
  await world.write("Still here");
  await world.say("thank you");
  expect(read(last(world.desk()))).toContain("thank you");
});

test("with one case only nothing is said about where words go", async () => {
  const world = createWorld([DESK]);
  await world.say(CHAT, ANA, "winrm from home over vpn fails: 0x80090311", DIRECT);
  await world.say(CHAT, ANA, "a human please", DIRECT);
  await world.clickIn(CHAT, last(world.at(CHAT)), "Send", ANA, "dm");
  await world.click(last(world.at(DESK.place)), "Take it", MARTA);
  await world.say(CHAT, ANA, "hello?", DIRECT);
  expect(world.whispers).toEqual([]);
});

test("a question without an entry stays with people when another code is asked", async () => {
  const world = createWorld([DESK]);
  await world.say(CHAT, ANA, "the purple dinosaur app eats my invoices", DIRECT);
  await world.clickIn(CHAT, last(world.at(CHAT)), "Ask a person", ANA, "dm");
  await world.say(CHAT, ANA, "send it", DIRECT);
  await world.say(CHAT, ANA, "0x80070005", DIRECT);
  expect(read(last(world.at(CHAT)))).toContain("0x80070005");
  await world.click(last(world.at(DESK.place)), "Take it", MARTA);
  expect(read(last(world.at(DESK.place)))).toContain("purple dinosaur");
  expect((await world.state.findCase("HD-1001"))?.status).toBe("handed-over");
});

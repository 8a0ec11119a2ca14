import { expect, test } from "vitest";
import { ANA, ANAS, createWorld, DESK, LEO, labels, MARTA, type Post, read } from "./world.ts";

function last(posts: Post[]): Post {
  const post = posts.at(-1);
  if (!post) throw new Error("nothing was posted");
  return post;
}

/** Ana's case is with Marta, who works in the thread of its card. */
async function taken() {
  const world = createWorld([DESK]);
  await world.say(ANAS, ANA, "winrm from home over vpn fails: 0x80090311");
  await world.say(ANAS, ANA, "a human please");
  await world.click(last(world.at(ANAS)), "Send", ANA);
  const card = last(world.at(DESK.place));
  await world.click(card, "Take it", MARTA);
  return { ...world, card, desk: () => world.at(card.address) };
}

function asking(posts: Post[]): Post[] {
  return posts.filter((post) => read(post).includes("What solved it?"));
}

test("an agent who presses Resolve twice is asked once what solved it", async () => {
  const world = await taken();
  const other = structuredClone(world.card);
  await world.together([world.card, "Resolve", MARTA], [other, "Resolve", MARTA]);
  expect(asking(world.desk())).toHaveLength(1);
  expect(world.whispers.at(-1)).toMatchObject({ to: "marta" });
  expect(read(world.whispered())).toContain("asked above what solved it");
  expect(labels(world.whispered())).toEqual(["As discussed"]);
  await world.clickWhisper("As discussed", MARTA, world.card.address);
  expect(read(last(world.at(ANAS)))).toContain("Marta says that it is solved");
});

test("an agent who took it by Resolve in two tabs is asked once as well", async () => {
  const world = createWorld([DESK]);
  await world.say(ANAS, ANA, "winrm from home over vpn fails: 0x80090311");
  await world.say(ANAS, ANA, "a human please");
  await world.click(last(world.at(ANAS)), "Send", ANA);
  const card = last(world.at(DESK.place));
  const other = structuredClone(card);
  await world.together([card, "Resolve", MARTA], [other, "Resolve", MARTA]);
  expect(asking(world.at(card.address))).toHaveLength(1);
});

test("whoever takes the case over is asked anew", async () => {
  const world = await taken();
  await world.click(world.card, "Resolve", MARTA);
  await world.click(world.card, "Resolve", LEO);
  await world.clickWhisper("Take it over", LEO, world.card.address);
  await world.click(world.card, "Resolve", LEO);
  expect(asking(world.desk())).toHaveLength(2);
});

test("Ask back after Resolve: the next words are a question for the asker, not the solution", async () => {
  const world = await taken();
  await world.click(world.card, "Resolve", MARTA);
  await world.click(world.card, "Ask back", MARTA);
  await world.say(world.card.address, MARTA, "One more thing: which VPN?", { addressed: false });
  expect(read(last(world.at(ANAS)))).toContain("Marta writes:\n\nOne more thing: which VPN?");
  expect(read(world.card)).toContain("Taken by Marta");
});

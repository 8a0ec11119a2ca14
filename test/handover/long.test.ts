import { expect, test } from "vitest";
import { ANA, ANAS, createWorld, DESK, MARTA, type Post, read } from "./world.ts";

const LONG = "0123456789".repeat(10_000);

function last(posts: Post[]): Post {
  const post = posts.at(-1);
  if (!post) throw new Error("nothing was posted");
  return post;
}

async function handedOver() {
  const world = createWorld([DESK]);
  await world.say(ANAS, ANA, "winrm from home over vpn fails: 0x80090311");
  await world.say(ANAS, ANA, "a human please");
  await world.click(last(world.at(ANAS)), "Send", ANA);
  const card = last(world.at(DESK.place));
  return { ...world, card };
}

async function taken() {
  const world = await handedOver();
  await world.click(world.card, "Take it", MARTA);
  return world;
}

/** Both are told: the reader that there was more, the writer how much went on. */
function expectCut(
  world: { whispered(): Post; whispers: { to: string }[] },
  got: Post,
  who: string,
) {
  expect(read(got)).toContain(LONG.slice(0, 4_000));
  expect(read(got).length).toBeLessThan(4_300);
  expect(read(got)).toContain("Shortened: these are the first 4,000 of 100,000 characters.");
  expect(world.whispers.at(-1)).toMatchObject({ to: who });
  expect(read(world.whispered())).toContain("Only the first 4,000 of your 100,000 characters");
}

test("an agent's very long text arrives shortened; asker and agent are told", async () => {
  const world = await taken();
  await world.say(world.card.address, MARTA, LONG, { addressed: false });
  expectCut(world, last(world.at(ANAS)), "marta");
});

test("an asker's very long text as well", async () => {
  const world = await taken();
  await world.say(ANAS, ANA, LONG, { addressed: false });
  expectCut(world, last(world.at(world.card.address)), "ana");
});

test("a very long solution is shortened where the asker reads it and where it is kept", async () => {
  const world = await taken();
  await world.click(world.card, "Resolve", MARTA);
  await world.say(world.card.address, MARTA, LONG, { addressed: false });
  expectCut(world, last(world.at(ANAS)), "marta");
  expect(read(world.card)).toContain(`Solved by: ${LONG.slice(0, 500)}…`);
});

test("what is added while nobody has the case says how much was kept", async () => {
  const world = await handedOver();
  await world.say(ANAS, ANA, LONG);
  expect(read(world.card)).toContain(`${LONG.slice(0, 500)}…`);
  expect(read(last(world.at(ANAS)))).toContain("Only its first 500 of 100,000 characters");
});

test("4,000 characters arrive whole, and nobody is told anything", async () => {
  const world = await taken();
  const told = world.whispers.length;
  await world.say(world.card.address, MARTA, LONG.slice(0, 4_000), { addressed: false });
  expect(read(last(world.at(ANAS)))).toContain(`Marta writes:\n\n${LONG.slice(0, 4_000)}`);
  expect(read(last(world.at(ANAS)))).not.toContain("Shortened");
  expect(world.whispers).toHaveLength(told);
});

import { expect, test } from "vitest";
import type { Action } from "../../src/action.ts";
import type { Route } from "../../src/handover/routes.ts";
import { ANA, ANAS, createWorld, DESK, type Post, read } from "./world.ts";

const PRINTING: Route = {
  name: "printing",
  title: "Printing",
  place: { platform: "there", tenant: "t", conversation: "printers" },
  areas: ["printing"],
};
const IDENTITY: Route = { ...DESK, areas: ["identity"] };
const FORGED: Action = { v: 1, do: "send-handover", lang: "en" };

function last(posts: Post[]): Post {
  const post = posts.at(-1);
  if (!post) throw new Error("nothing was posted");
  return post;
}

/** Presses a button that no card has: a client can send whatever it likes. */
function forge(world: ReturnType<typeof createWorld>, rest: Partial<Action>) {
  const post = structuredClone(last(world.at(ANAS)));
  post.card.buttons = [{ label: "forged", style: "default", action: { ...FORGED, ...rest } }];
  return world.click(post, "forged", ANA);
}

async function previewed() {
  const world = createWorld([IDENTITY, PRINTING]);
  await world.say(ANAS, ANA, "winrm from home over vpn fails: 0x80090311");
  await world.say(ANAS, ANA, "a human please");
  return world;
}

test("a forged Send with an entry of another area goes nowhere", async () => {
  const world = await previewed();
  await forge(world, { entry: "0x0000011B" });
  expect(world.at(PRINTING.place)).toEqual([]);
  expect(world.at(IDENTITY.place)).toEqual([]);
  expect(read(world.whispered())).toContain("This button is too old");
  await world.say(ANAS, ANA, "send it");
  expect(world.at(IDENTITY.place)).toHaveLength(1);
});

test("a forged Try again to another area's route goes nowhere, also while its own is unreachable", async () => {
  const world = await previewed();
  world.refuse("it", { reason: "channel_not_found" });
  await world.say(ANAS, ANA, "send it");
  const told = last(world.at(ANAS));
  expect(read(told)).toContain("could not be reached");
  await forge(world, { result: "printing" });
  expect(world.at(PRINTING.place)).toEqual([]);
  expect(read(world.whispered())).toContain("This button is too old");
  await forge(world, { result: "no-such-route" });
  expect(read(world.whispered())).toContain("This button is too old");
  world.accept("it");
  await world.click(told, "Try again", ANA);
  expect(world.at(IDENTITY.place)).toHaveLength(1);
});

test("a forged Ask a person with an entry of another area shows the case's own route", async () => {
  const world = createWorld([IDENTITY, PRINTING]);
  await world.say(ANAS, ANA, "winrm from home over vpn fails: 0x80090311");
  await forge(world, { do: "person", entry: "0x0000011B" });
  expect(world.posts.map(read).join()).not.toContain("Printing: ");
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Case } from "../src/case.ts";
import type { Message } from "../src/message.ts";
import { type History, startHistory, type Told, threadOf } from "./fixtures/history.ts";
import { knowledge } from "./fixtures/knowledge.ts";

type Speech = { by: "ana" | "ben"; thread: number; text: string };
type Step =
  | { do: "say"; speech: Speech }
  | { do: "click"; by: "ana" | "ben"; card: number; button: number }
  | { do: "repeat"; back: number }
  | { do: "both"; one: Speech; other: Speech }
  | { do: "race"; card: number; button: number; other: number }
  | { do: "restart" }
  | { do: "later"; hours: number };

const TEXTS = [
  "0x80090311",
  "0x80070005 when I open the share",
  "what about 0x80070035?",
  "it worked",
  "that did not help",
  "no funcionó",
  "I can't run this",
  "next",
  "yes",
  "no",
  "it is back",
  "2",
  "I want to talk to a person",
  "stop",
  "thanks",
  "en español por favor",
  "nltest says 1355 ERROR_NO_SUCH_DOMAIN",
];

const by = fc.constantFrom("ana" as const, "ben" as const);
const speech = fc.record({ by, thread: fc.nat(1), text: fc.constantFrom(...TEXTS) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("say" as const), speech }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant("click" as const),
      by,
      card: fc.nat(5),
      button: fc.nat(9),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("repeat" as const), back: fc.nat(6) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("both" as const), one: speech, other: speech }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("race" as const),
      card: fc.nat(2),
      button: fc.nat(5),
      other: fc.nat(5),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "restart" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("later" as const), hours: fc.nat(30) }) },
);

/** How many histories are played; RUNS sets another number. */
const RUNS = Number(process.env.RUNS ?? 30);

test("whatever people do, in whatever order, a case stays one", {
  timeout: RUNS * 4_000,
}, async () => {
  const opening: Step = { do: "say", speech: { by: "ana", thread: 0, text: "0x80090311" } };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 18 }), async (steps) => {
      const history = await startHistory();
      const past: Message[] = [];
      for (const each of [opening, ...steps]) await play(history, past, each);
      await history.close();
    }),
    { numRuns: RUNS },
  );
});

async function play(history: History, past: Message[], step: Step): Promise<void> {
  if (step.do === "restart") return history.restart();
  if (step.do === "later") return history.wait(step.hours * 3_600_000);
  const messages = messagesOf(history, past, step);
  const before = await history.cases();
  const seen = (await history.events()).length;
  const told = await history.tell(messages);
  const after = await history.cases();
  const events = (await history.events()).slice(seen).map(({ what }) => what);
  const repeated = new Set(messages.filter(({ id }) => past.some((old) => old.id === id)));
  past.push(...messages.filter((message) => !repeated.has(message)));

  for (const each of told) expectOneAnswer(each, repeated.has(each.message));
  const fresh = messages.filter((message) => !repeated.has(message));
  for (const [id, at] of after) {
    expectOnePosition(at);
    expectOrder(before.get(id), at, fresh.length);
    expectRight(before.get(id), at, fresh, events);
  }
  const steps = [...after.values()].reduce((sum, { tried }) => sum + tried.length, 0);
  const stepsBefore = [...before.values()].reduce((sum, { tried }) => sum + tried.length, 0);
  const results = events.filter((what) => what === "step.result").length;
  expect(steps - stepsBefore).toBe(results);
  expect(results).toBeLessThanOrEqual(fresh.length);
  for (const id of before.keys()) expect(after.has(id)).toBe(true);
}

/** A question is answered once: something is said to whoever asked, and in the thread one new card at most. */
function expectOneAnswer({ message, outgoing }: Told, isRepeated: boolean): void {
  if (isRepeated) {
    expect(outgoing).toBeUndefined();
    return;
  }
  const posts = (outgoing ?? []).filter(
    ({ delivery }) => delivery.mode === "post" && delivery.to.kind === "thread",
  );
  expect(posts.length).toBeLessThanOrEqual(1);
  const isQuestion = message.action === undefined && /0x\d/i.test(message.text);
  if (isQuestion) expect(outgoing?.length, message.text).toBeGreaterThan(0);
}

/** A case asks one thing, which exists; a closed one asks nothing. */
function expectOnePosition(at: Case): void {
  if (at.status === "resolved" || at.status === "handed-over") {
    expect(at.position, at.status).toEqual({ at: "none" });
  }
  if (at.position.at !== "step") return;
  const entry = at.entry ? knowledge.entry(at.entry, at.language) : undefined;
  expect(Object.keys(entry?.steps ?? {})).toContain(at.position.step);
}

/** The version rises by one with every change, and by none without. */
function expectOrder(before: Case | undefined, at: Case, messages: number): void {
  if (!before) {
    expect(at.version).toBeGreaterThanOrEqual(1);
    expect(at.version).toBeLessThanOrEqual(messages);
    return;
  }
  const risen = at.version - before.version;
  expect(risen).toBeGreaterThanOrEqual(0);
  expect(risen).toBeLessThanOrEqual(messages);
  if (risen === 0) expect(at).toEqual(before);
}

/** Only its owner and helpers move a case, and one that is resolved only when it is reopened or asked anew. */
function expectRight(
  before: Case | undefined,
  at: Case,
  messages: readonly Message[],
  events: readonly string[],
): void {
  if (!before) return;
  const may = (id: string) => id === before.owner.id || before.helpers.includes(id);
  const moved = JSON.stringify(progress(before)) !== JSON.stringify(progress(at));
  if (!moved) return;
  const movers = messages.filter(({ from }) => may(from.id));
  expect(movers.length, `moved by ${messages.map(({ from }) => from.id)}`).toBeGreaterThan(0);
  if (before.status !== "resolved" || at.status === "resolved" || at.status === "muted") return;
  const asksAnew = movers.some(({ text, action }) => /0x\d/i.test(text) || action?.do === "choose");
  const reopened = events.includes("case.reopened") || events.includes("case.unresolved");
  const person = events.includes("case.handed-over");
  const said = movers.map(({ text, action }) => action?.do ?? text).join();
  expect(asksAnew || reopened || person, `reopened by ${said}`).toBe(true);
}

function progress({ status, position, tried, entry, context, codes }: Case) {
  return { status, position, tried, entry, context, codes };
}

function messagesOf(history: History, past: readonly Message[], step: Step): Message[] {
  const id = past.length + 1;
  if (step.do === "say") return [spoken(history, step.speech, `m${id}`)];
  if (step.do === "repeat")
    return [past[past.length - 1 - step.back] ?? past[0]].flatMap((m) => m ?? []);
  if (step.do === "both") {
    return [spoken(history, step.one, `m${id}`), spoken(history, step.other, `m${id}b`)];
  }
  if (step.do === "click") return clicked(history, step.by, step.card, step.button, `m${id}`);
  if (step.do !== "race") return [];
  return [
    ...clicked(history, "ana", step.card, step.button, `m${id}`),
    ...clicked(history, "ben", step.card, step.other, `m${id}b`),
  ];
}

function spoken(history: History, { by, thread, text }: Speech, id: string): Message {
  return {
    id,
    dedupe: [id],
    at: history.now(),
    from: { id: by, name: by, role: "user" },
    address: threadOf(thread),
    surface: "channel",
    addressed: true,
    text,
    files: [],
  };
}

function clicked(
  history: History,
  by: string,
  back: number,
  button: number,
  id: string,
): Message[] {
  const { card, address } =
    history.cards[history.cards.length - 1 - back] ?? history.cards[0] ?? {};
  const actions = (card?.buttons ?? []).flatMap((each) => ("action" in each ? [each.action] : []));
  const action = actions[button % Math.max(actions.length, 1)];
  if (!action || !address) return [];
  const words = { by: by as Speech["by"], thread: 0, text: "" };
  return [{ ...spoken(history, words, id), address, action, card: "post" }];
}

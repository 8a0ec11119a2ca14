import { expect, test } from "vitest";
import { BOT, teamsActivities } from "../fakes/teams-activities.ts";
import { startTeams } from "./harness.ts";

type Json = Record<string, unknown>;

const base: Json = teamsActivities("http://127.0.0.1:1/").says("personal", "0x80090311");
const without = (...keys: string[]) =>
  Object.fromEntries(Object.entries(base).filter(([key]) => !keys.includes(key)));
const mention = (rest: Json) => ({ ...base, entities: [{ type: "mention", ...rest }] });

/** What arrives, the status it gets, and whether a question was in it. */
const BODIES: [string, unknown, number, boolean][] = [
  ["nothing", undefined, 400, false],
  ["half a brace", "{", 400, false],
  ["a list", [], 400, false],
  ["a number", 5, 400, false],
  ["a string", '"x"', 400, false],
  ["null", null, 400, false],
  ["an empty object", {}, 401, false],
  ["no type", without("type"), 400, false],
  ["a type that is an object", { ...base, type: {} }, 400, false],
  ["a bad timestamp", { ...base, timestamp: "soon" }, 200, true],
  ["from null", { ...base, from: null }, 400, false],
  ["recipient null", { ...base, recipient: null }, 400, false],
  ["no conversation", without("conversation"), 400, false],
  ["no id", without("id"), 400, false],
  ["no service address", without("serviceUrl"), 401, false],
  ["a service address by ftp", { ...base, serviceUrl: "ftp://x" }, 401, false],
  ["entities null", { ...base, entities: null }, 200, true],
  ["an empty entity", { ...base, entities: [{}, null, 5] }, 200, true],
  ["no text", without("text"), 200, true],
  ["text that is a number", { ...base, text: 5 }, 200, true],
  ["a mention of nobody", mention({ text: "<at>x</at>" }), 200, true],
  ["a mention without words", mention({ mentioned: BOT }), 200, true],
  ["attachments of nonsense", { ...base, attachments: [1, {}, { contentType: 7 }] }, 200, true],
  ["an id of 10,000 letters", { ...base, id: "x".repeat(10_000) }, 400, false],
  ["JSON 100,000 deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400, false],
  [
    "a value 20,000 deep",
    `{"type":"message","value":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    401,
    false,
  ],
  ["a body over 256 KiB", { ...base, text: "x".repeat(300_000) }, 413, false],
  ["text of 200,000 letters", { ...base, text: "0x80090311 ".repeat(18_000) }, 200, true],
  ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400, false],
  ["a prototype in disguise", `{"__proto__":{"type":"message"}}`, 401, false],
];

test.each(BODIES)("%s", async (_name, body, status, isQuestion) => {
  const { raw, received, logged, teams, fake } = await startTeams({
    auth: "none",
    appId: "",
    tenants: [],
  });
  const bytes = body instanceof Buffer ? (body as unknown as string) : asText(body);
  const answer = await raw(bytes);
  expect(answer).toMatchObject({ status, text: "" });
  expect(received).toHaveLength(isQuestion ? 1 : 0);
  expect(logged.filter(({ event }) => event === "teams-request-failed")).toEqual([]);
  expect(fake.calls).toEqual([]);
  const next = await raw(JSON.stringify(teams.says("personal", "still there?")));
  expect(next.status).toBe(200);
});

function asText(body: unknown): string {
  if (typeof body === "string") return body;
  return body === undefined ? "" : JSON.stringify(body);
}

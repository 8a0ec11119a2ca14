import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Case } from "../src/case.ts";
import { decide } from "../src/decide.ts";
import type { Message } from "../src/message.ts";
import { createRedactor } from "../src/redact.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const schema = z.array(
  z.strictObject({ entry: z.string(), step: z.string(), result: z.string(), text: z.string() }),
);
const outputs = (["english", "spanish"] as const).flatMap((windows) => {
  const file = new URL(`pasted/${windows}.yaml`, import.meta.url);
  return schema
    .parse(load(readFileSync(file, "utf8")))
    .map((output) => ({ ...output, language: windows === "spanish" ? "es" : "en" }) as const);
});
type Output = (typeof outputs)[number];

test("are at least 40, none twice", () => {
  expect(outputs.length).toBeGreaterThanOrEqual(40);
  expect(new Set(outputs.map(({ text }) => text)).size).toBe(outputs.length);
});

describe("pasted output of a suggested command", () => {
  const named = outputs.map((one) => [`${one.entry} ${one.step}: ${one.text.slice(0, 60)}`, one]);
  test.each(named as [string, Output][])("%s", (_, output) => {
    const at = standing(output);
    const decision = paste(output, at);
    const next = decision.commit.case;
    expect(next?.id ?? at.id).toBe(at.id);
    expect(next?.entry ?? at.entry).toBe(output.entry);
    expect(next?.language ?? at.language).toBe(output.language);
    const found = next?.tried.at(-1)?.result ?? "none";
    expect(found).toBe(output.result);
  });
});

/** A case that stands at the output's step. */
function standing({ entry: id, step, language }: Output): Case {
  const entry = knowledge.entry(id, language);
  const cause = entry?.causes.find(({ steps }) => steps.includes(step))?.id ?? "";
  expect(entry?.steps[step], `${id} has no step ${step}`).toBeDefined();
  return {
    id: "HD-1001",
    version: 3,
    address: { platform: "test", tenant: "t", conversation: "c", thread: "1" },
    owner: { id: "ana" },
    language,
    status: "open",
    codes: [id],
    entry: id,
    position: { at: "step", step, cause },
    tried: [],
    causesDone: [],
    rejected: [],
    card: "card-1",
    options: [],
    hinted: [],
    helpers: [],
    openedAt: 0,
    updatedAt: 0,
  };
}

function paste({ text }: Output, at: Case) {
  const message: Message = {
    id: "m-1",
    dedupe: ["m-1"],
    at: 1,
    from: { id: "ana", role: "user" },
    address: at.address,
    surface: "channel",
    addressed: false,
    text,
    files: [],
  };
  let n = 0;
  return decide(message, at, {
    now: 1,
    id: () => `id-${++n}`,
    newCaseId: "HD-2000",
    knowledge,
    defaultLanguage: "en",
    personLanguage: undefined,
    redact: createRedactor({ words: knowledge.privacy }),
    routes: [],
    linkTo: () => undefined,
    newIncidentId: "IN-1",
    incidents: [],
    attached: [],
    beside: [],
    past: [],
    mostAnswers: 20,
  });
}

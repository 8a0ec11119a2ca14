import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDrafts } from "../../adapters/handover/drafts.ts";
import type { Draft } from "../../src/draft/draft.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { ANA, ANAS, createWorld, DESK, LEO, labels, MARTA, read } from "./world.ts";

const BUILT_IN = new URL("../../knowledge/", import.meta.url).pathname;

function folder(): string {
  return mkdtempSync(join(tmpdir(), "drafts-"));
}

function writer(path: string) {
  let n = 0;
  return createDrafts(path, () => `token-${++n}`);
}

const NOTE: Draft = { id: "hd-1001", text: (id) => `id: "${id}"\n` };

/** Marta solved what Ana asked, and pressed "Save as entry"; the draft's path. */
async function saved(question: string, line: string, path = folder()) {
  const world = createWorld([DESK], writer(path));
  await world.say(ANAS, ANA, question);
  const first = world.at(ANAS).at(-1);
  const result = first?.card.buttons.find(
    (each) => "action" in each && each.action.do === "result",
  )?.label;
  if (first && result) await world.click(first, result, ANA);
  await world.say(ANAS, ANA, "una persona");
  await world.say(ANAS, ANA, "sí");
  const card = world.at(DESK.place)[0];
  if (!card) throw new Error("no card");
  await world.click(card, "Resolve", MARTA);
  await world.say(card.address, MARTA, line, { addressed: false });
  await world.say(ANAS, ANA, "sí");
  await world.click(card, "Save as entry", MARTA);
  return { world, card, path };
}

/** A company's folder with the draft among its entries: what a check says, and the entry as an author previews it. */
function asCompanyEntry(file: string) {
  const extra = folder();
  mkdirSync(join(extra, "entries"));
  copyFileSync(file, join(extra, "entries", basename(file)));
  const id = basename(file, ".yaml");
  const shown = loadKnowledge({ folder: BUILT_IN, extra });
  const preview = loadKnowledge({ folder: BUILT_IN, extra, drafts: true });
  return { shown: shown.entry(id, "es"), preview: preview.entry(id, "es") };
}

const ENGLISH = 'The profile lacked: the DNS servers; pushed it again #done, see "wiki" - ok';
const SPANISH =
  'Al perfil le faltaban: los servidores DNS; "pushed it again #done" - enviado otra vez';

describe("a solved case, saved as an entry", () => {
  const cases: [string, string, RegExp][] = [
    [
      "a code with an entry",
      'winrm from home fails with 0x80090311: "no logon servers" # since Monday',
      /^hd-\d+\.yaml$/,
    ],
    [
      "a code without one",
      "our backup tool stops with 0x80040E4D every night",
      /^0x80040E4D\.yaml$/,
    ],
    [
      "in Spanish",
      "la copia de seguridad se detiene cada noche con el código 0x80040E4D, ¿qué hago?",
      /^0x80040E4D\.yaml$/,
    ],
  ];
  test.each(cases)(
    "%s: passes every check, and nobody is shown it",
    async (_name, question, name) => {
      const line = question.startsWith("la ") ? SPANISH : ENGLISH;
      const { path, card, world } = await saved(question, line);
      const [file = ""] = readdirSync(path);
      expect(file).toMatch(name);
      const text = readFileSync(join(path, file), "utf8");
      expect(text).toContain("status: draft");
      expect(text).toContain('by: "Marta"');
      const { shown, preview } = asCompanyEntry(join(path, file));
      expect(shown).toBeUndefined();
      expect(JSON.stringify(preview?.causes[0]?.why)).toContain("pushed it again #done");
      expect(preview?.summary.join("")).toContain(question.slice(0, 20));
      expect(read(card)).toContain(`saved as a draft: ${join(path, file)}`);
      expect(labels(card)).toEqual([]);
      expect(read(world.at(card.address).at(-1))).toContain(file);
    },
  );

  test("holds the check that was made, with its command and what was seen", async () => {
    const { path } = await saved("winrm from home fails with 0x80090311", "Pushed again");
    const [file = ""] = readdirSync(path);
    const { preview } = asCompanyEntry(join(path, file));
    const [first, second] = preview?.causes[0]?.steps ?? [];
    expect(preview?.steps[first ?? ""]?.risk).toBe("read-only");
    expect(preview?.steps[first ?? ""]?.results[0]?.next).toBe(second);
    expect(second).toBe("solved-it");
  });

  test("is not written before it is solved, nor by whoever only asked", async () => {
    const path = folder();
    const world = createWorld([DESK], writer(path));
    await world.say(ANAS, ANA, "0x80090311");
    await world.say(ANAS, ANA, "human");
    await world.say(ANAS, ANA, "yes");
    const card = world.at(DESK.place)[0];
    if (!card) throw new Error("no card");
    const action = { v: 1, do: "save-entry", lang: "en" } as const;
    const forged = {
      ...card,
      card: { ...card.card, buttons: [{ label: "x", style: "default" as const, action }] },
    };
    await world.click(forged, "x", LEO);
    expect(world.whispers.at(-1)?.card.title).toBe("This case is not solved yet.");
    await world.click({ ...forged, address: ANAS }, "x", ANA);
    expect(readdirSync(path)).toEqual([]);
  });

  test("a folder that cannot be written: the agent is told, the case stays as it is", async () => {
    const path = join(folder(), "file");
    writeFileSync(path, "");
    const world = createWorld([DESK], writer(path), ["draft.failed"]);
    await world.say(ANAS, ANA, "0x80090311");
    await world.say(ANAS, ANA, "human");
    await world.say(ANAS, ANA, "yes");
    const card = world.at(DESK.place)[0];
    if (!card) throw new Error("no card");
    await world.click(card, "Resolve", MARTA);
    await world.say(card.address, MARTA, "Pushed again", { addressed: false });
    await world.click(card, "Save as entry", MARTA);
    expect(world.whispers.at(-1)?.card.title).toContain("could not be written");
    expect(labels(card)).toEqual(["Save as entry"]);
  });
});

describe("the folder of drafts", () => {
  test("is made when it is missing, and holds nothing half-written", async () => {
    const path = join(folder(), "deep", "drafts");
    expect(await writer(path)(NOTE)).toBe(join(path, "hd-1001.yaml"));
    expect(readdirSync(path)).toEqual(["hd-1001.yaml"]);
  });

  test("keeps what is there: another draft of that name gets a number, the same one is left", async () => {
    const path = folder();
    const save = writer(path);
    await save(NOTE);
    const other: Draft = { ...NOTE, text: (id) => `id: "${id}"\nother\n` };
    expect(await save(other)).toBe(join(path, "hd-1001-2.yaml"));
    expect(await save(NOTE)).toBe(join(path, "hd-1001.yaml"));
    expect(await save(other)).toBe(join(path, "hd-1001-2.yaml"));
    expect(readFileSync(join(path, "hd-1001-2.yaml"), "utf8")).toBe('id: "hd-1001-2"\nother\n');
  });

  test("gives a second draft about a code a name that may be one", async () => {
    const path = folder();
    const save = writer(path);
    const draft = (words: string): Draft => ({ id: "0x80040E4D", text: (id) => `${id} ${words}` });
    await save(draft("one"));
    expect(await save(draft("two"))).toBe(join(path, "draft-0x80040e4d-2.yaml"));
  });

  test("two at the same moment get two names", async () => {
    const path = folder();
    const save = writer(path);
    const drafts = ["a", "b", "c", "d"].map((words) => ({
      id: "hd-1",
      text: (id: string) => id + words,
    }));
    const paths = await Promise.all(drafts.map(save));
    expect(new Set(paths).size).toBe(4);
    expect(readdirSync(path)).toHaveLength(4);
  });
});

import { describe, expect, test } from "vitest";
import { entryTemplate } from "../../knowledge/entry-template.ts";
import { overlayText, refreshedText } from "../../knowledge/overlay-text.ts";
import { check } from "../../src/knowledge/complaint.ts";
import { overlaySchema } from "../../src/knowledge/overlay.ts";
import { proseHash, proseOf } from "../../src/knowledge/prose-tree.ts";
import { entrySchema } from "../../src/knowledge/schema.ts";
import { readYaml } from "../../src/knowledge/yaml.ts";
import { ENTRY, load, OVERLAY, problems, swap } from "./fixture.ts";

describe("a new entry", () => {
  test.each([
    ["0x80070005", { value: "0x80070005", family: "hresult", symbol: "E_ACCESSDENIED" }],
    ["our-printer", undefined],
  ])("%s loads as it is written, as a draft that nobody is shown", (id, code) => {
    const files = { [`entries/${id}.yaml`]: entryTemplate(id, code, "2026-11-21") };
    expect(problems(files)).toEqual([]);
    expect(load(files).entry(id, "en")).toBeUndefined();
  });
});

describe("a translation", () => {
  const entry = parse(ENTRY, entrySchema);
  const english = proseOf(entry);
  const hash = proseHash(entry);

  test("the scaffold has every text of the entry and its hash, and is refused until it is translated", () => {
    const text = overlayText(english, hash);
    const { of, ...prose } = parse(text, overlaySchema);
    expect(of).toBe(hash);
    expect(prose).toEqual(english);
    expect(problems({ "locales/es/0x80090311.yaml": text }).join("\n")).toMatch(
      /in English and should be in Spanish/,
    );
  });

  test("a refresh writes the hash and leaves every other line alone", () => {
    const { text, notes } = refreshedText(OVERLAY, parse(OVERLAY, overlaySchema), english, hash);
    expect(notes).toEqual([]);
    expect(text).toBe(swap(OVERLAY, 'of: ""', `of: "${hash}"`));
    expect(load({ "locales/es/0x80090311.yaml": text }).warnings).toEqual([]);
  });

  test("a refresh tells what is missing with its English text, and keeps the old hash", () => {
    const short = swap(OVERLAY, '    undo: "Elija **Desconectar**."\n', "");
    const { text, notes } = refreshedText(short, parse(short, overlaySchema), english, hash);
    expect(text).toBe(short);
    expect(notes[0]).toBe('  missing steps.connect-vpn.undo: "Choose **Disconnect**."');
  });
});

function parse<T>(text: string, schema: Parameters<typeof check<T>>[1]): T {
  const { doc, problems: faults } = readYaml("text.yaml", Buffer.from(text));
  const { value } = doc ? check(doc, schema) : {};
  if (value === undefined) throw new Error(faults.map((fault) => fault.text).join());
  return value;
}

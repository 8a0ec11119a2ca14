import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readLocales } from "../../src/knowledge/locales.ts";
import { saidIn } from "../../src/knowledge/said.ts";
import { termsOf } from "../../src/knowledge/terms.ts";
import { knowledge } from "../fixtures/knowledge.ts";

const folder = fileURLToPath(new URL("../../knowledge", import.meta.url));
const { words } = readLocales(folder, new Set(), []);

describe("what a program says", () => {
  test.each([
    ["en", "veeam stops, it says the disk is full, but it is not", "the disk is full"],
    ["en", "The client complains that the share is gone. What now?", "that the share is gone"],
    ["en", 'I get "no more files" and "access is denied" here', "no more files\naccess is denied"],
    ["en", "the printer is slow today", ""],
    ["en", 'I click "OK" and then it shows "Access is denied"', "Access is denied"],
    ["en", 'my 24" monitor says "No signal detected"', "No signal detected"],
    ["es", "al imprimir me dice que no hay espacio, pero sí hay", "que no hay espacio"],
  ] as const)("%s: %s", (language, text, said) => {
    expect(saidIn(text, words[language]).trim().split(/\n\s*/).join("\n")).toBe(said);
  });

  test("a text of 100,000 characters that says again and again is not made much longer", () => {
    expect(saidIn("it says x ".repeat(10_000), words.en).length).toBeLessThan(600_000);
  });
});

describe("what people say is talk, and nothing is offered for it:", () => {
  test.each([
    ["en", "he told me that the package was not delivered because the address was wrong"],
    ["en", "she reported that the key of the meeting room is missing"],
    ["en", "he always says thank you for your help yesterday, everything works well"],
    ["en", "a colleague reports that the coffee machine drips every few minutes"],
    ["es", "mi compañera dice que la puerta de la oficina no se abre por la mañana"],
    ["es", "el guardia me dijo que el acceso al edificio está denegado después de las diez"],
  ] as const)("%s: %s", (language, text) => {
    expect(knowledge.search(text, language).outcome).toBe("none");
  });
});

describe("a program's words are found, and a problem that a person reports", () => {
  test.each([
    ["en", 'I click "OK" and then it shows "Access is denied"', "0x80070005"],
    ["en", 'she says it says "Access is denied" when she opens the folder', "0x80070005"],
    ["en", "Device manager says this device cannot start", "device-code-10"],
    ["en", "a colleague reports that wifi drops every few minutes", "internet-slow-or-drops"],
    ["es", 'me sale un mensaje que dice "Acceso denegado" al copiar archivos', "0x80070005"],
  ] as const)("%s: %s", (language, text, entry) => {
    expect(knowledge.search(text, language).hits.map((hit) => hit.entry)).toContain(entry);
  });
});

test.each(["en", "es"] as const)(
  "each related word of report.yaml leaves one term: %s",
  (language) => {
    const own = words[language];
    const lost = own.related.flat().filter((member) => termsOf(member, own).length !== 1);
    expect(lost).toEqual([]);
  },
);

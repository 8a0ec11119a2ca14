import { describe, expect, test } from "vitest";
import { pickLanguage } from "../src/language.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const markers = knowledge.languages.map((language) => knowledge.locale(language));
const none = { case: undefined, person: undefined, locale: undefined, fallback: "en" } as const;
const pick = (text: string, hints = {}) => pickLanguage(text, markers, { ...none, ...hints });

describe("the language of an answer", () => {
  test.each([
    ["the printer does not print since this morning", "en"],
    ["la impresora no imprime desde esta mañana", "es"],
    ["tengo un error al hacer join al domain, dice access denied", "es"],
    ['getting "Acceso denegado" when opening the share from my laptop', "en"],
    ['me sale "The target principal name is incorrect" al conectar con el SQL', "es"],
  ])("%s", (text, language) => {
    expect(pick(text).language).toBe(language);
  });

  test("a bare code takes the case's, the person's, the platform's language, in this order", () => {
    expect(pick("0x80090311", { case: "es", person: "en" }).language).toBe("es");
    expect(pick("0x80090311", { person: "es", locale: "en-US" }).language).toBe("es");
    expect(pick("0x80090311", { locale: "es-MX" }).language).toBe("es");
    expect(pick("0x80090311").language).toBe("en");
  });

  test("an explicit wish wins over the language it is written in, and is kept", () => {
    expect(pick("could you tell me that in spanish please")).toEqual({
      language: "es",
      wish: "es",
    });
    expect(pick("dímelo en inglés por favor")).toEqual({ language: "en", wish: "en" });
  });

  test.each([
    ["memoria insuficiente", "es"],
    ["error grave", "es"],
    ["actualizacion fallida", "es"],
    ["insufficient memory", "en"],
    ["printer queue", "en"],
  ])("of two words that only one language has: %s", (text, language) => {
    expect(pick(text, { fallback: language === "es" ? "en" : "es" }).language).toBe(language);
  });

  test.each([
    "outlook",
    "error fatal",
    "Outlook Veeam",
    "ERROR_OUTOFMEMORY",
    "error 1603",
    "winrm",
  ])("names, symbols and words of both languages do not tell: %s", (text) => {
    expect(pick(text).language).toBe("en");
    expect(pick(text, { fallback: "es" }).language).toBe("es");
  });

  test("two words are not enough to overrule the case", () => {
    expect(pick("no funciona", { case: "en" }).language).toBe("en");
  });
});

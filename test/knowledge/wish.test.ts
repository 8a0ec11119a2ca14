import { describe, expect, test } from "vitest";
import { knowledge } from "../fixtures/knowledge.ts";

describe("a wish is no error", () => {
  test.each([
    ["en", "could we have a third camera and a microphone for the board room"],
    ["en", "can you create a mailbox for the new trainee in Outlook"],
    ["en", "I need a second screen for the desk by the window"],
    ["es", "necesitamos una impresora nueva en la segunda planta"],
    ["es", "¿me pueden agregar al canal de Teams de compras?"],
  ] as const)("%s: %s", (language, text) => {
    expect(knowledge.search(text, language).outcome).toBe("none");
  });
});

describe("a wish that speaks of trouble is answered", () => {
  test.each([
    [
      "en",
      "I'd like to use it, but Windows can't detect the second monitor",
      "second-monitor-not-detected",
    ],
    ["en", "I need a fix, the second monitor is not detected", "second-monitor-not-detected"],
    ["en", 'can you add me again? it says "access is denied"', "0x80070005"],
    ["en", "I need a printer, mine is offline again", "printer-offline"],
    [
      "es",
      "necesito una solución: la impresora no sale del estado sin conexión",
      "printer-offline",
    ],
  ] as const)("%s: %s", (language, text, entry) => {
    expect(knowledge.search(text, language).hits.map((hit) => hit.entry)).toContain(entry);
  });
});

import { describe, expect, test } from "vitest";
import { knowledge } from "../fixtures/knowledge.ts";

describe("a wish is no error", () => {
  test.each([
    ["en", "could we have a third camera and a microphone for the board room"],
    ["en", "can you create a mailbox for the new trainee in Outlook"],
    ["en", "I need a second screen for the desk by the window"],
    ["es", "necesitamos una impresora nueva en la segunda planta"],
    ["en", "I need a second screen, the desk is big enough"],
    ["en", "we need a microphone for the conference room, and a camera"],
    ["en", "please order a mouse and a keyboard, wireless"],
    ["es", "¿me pueden agregar al canal de Teams de compras?"],
    ["es", "me gustaria pedir un raton bluetooth para casa"],
    ["es", "necesito unos auriculares y una cámara para Teams"],
    ["es", "necesito una licencia de Office, para la nueva compañera"],
    ["es", "me podéis dar permisos de administrador, instalo muchos programas"],
  ] as const)("%s: %s", (language, text) => {
    expect(knowledge.search(text, language).outcome).toBe("none");
  });
});

describe("a problem beside a wish is answered", () => {
  test.each([
    [
      "en",
      "can we get a technician, the internet connection is unstable",
      "internet-slow-or-drops",
    ],
    ["en", "could you create a ticket: my second monitor is black", "second-monitor-not-detected"],
    [
      "en",
      "please order toner\nOutlook asks for my password again and again",
      "outlook-password-prompts",
    ],
    ["en", "can you give me a clue, the taskbar vanished", "explorer-crashes"],
    [
      "en",
      "please order toner. Outlook asks for my password again and again",
      "outlook-password-prompts",
    ],
    ["es", "quería pedir ayuda, OneDrive sigue pendiente de sincronizar", "onedrive-sync-pending"],
    [
      "es",
      "está permitido apagarlo? lleva tres horas preparando Windows",
      "update-stuck-percentage",
    ],
  ] as const)("%s: %s", (language, text, entry) => {
    expect(knowledge.search(text, language).hits.map((hit) => hit.entry)).toContain(entry);
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
    ["en", "can I have my account unlocked", "win32-1909"],
    ["en", "I need a password reset", "password-forgotten"],
    ["en", "I'd love to use Teams but nobody can hear me", "microphone-not-heard"],
    ["en", "I would like to know why Teams mutes my microphone", "microphone-not-heard"],
    [
      "en",
      "I need an old version of an Excel file that I overwrote",
      "file-deleted-or-overwritten",
    ],
    ["en", "I need a bigger disk, C: has run out of space", "0x80070070"],
    ["es", "necesito un archivo que eliminé ayer", "file-deleted-or-overwritten"],
    ["es", "necesito un archivo que elimine ayer", "file-deleted-or-overwritten"],
    [
      "es",
      "necesito una ayuda con Outlook, pide la contraseña todo el rato",
      "outlook-password-prompts",
    ],
    ["es", "quisiera imprimir y la impresora se queda pausada", "print-queue-stuck"],
    [
      "es",
      "necesito una solución: la impresora no sale del estado sin conexión",
      "printer-offline",
    ],
  ] as const)("%s: %s", (language, text, entry) => {
    expect(knowledge.search(text, language).hits.map((hit) => hit.entry)).toContain(entry);
  });
});

import { describe, expect, test } from "vitest";
import { knowledge } from "../fixtures/knowledge.ts";

const PRINT = ["print-queue-stuck", "print-spooler-stops", "printer-offline"];
const SIGN_IN = ["win32-1326", "win32-1330", "win32-1909"];
const VPN = ["vpn-connected-no-access", "win32-809"];

function idsOf(text: string, language: "en" | "es"): (string | undefined)[] {
  const { outcome, hits } = knowledge.search(text, language);
  expect(outcome).toBe(hits.length === 1 ? "one" : hits.length === 0 ? "none" : "choices");
  return hits.map((hit) => hit.entry).toSorted();
}

describe("a question of one or two words finds what fits", () => {
  test.each<[string, string[]]>([
    ["no internet", ["network-no-internet"]],
    ["I have no internet!", ["network-no-internet"]],
    ["blue screen", ["blue-screen"]],
    ["BSOD", ["blue-screen"]],
    ["can't print", PRINT],
    ["Printer", PRINT],
    ["printer offline", ["printer-offline"]],
    ["computer slow", ["computer-slow"]],
    ["it is very slow", ["computer-slow"]],
    ["no sound", ["no-sound"]],
    ["vpn", VPN],
    ["vpn not working", VPN],
    ["cannot log in", SIGN_IN],
    ["locked out", ["win32-1909"]],
    ["won't boot", ["automatic-repair-loop", "boot-configuration"]],
    ["recovery key", ["bitlocker-asks-for-key"]],
  ])("%s", (text, entries) => {
    expect(idsOf(text, "en")).toEqual(entries);
  });

  test.each<[string, string[]]>([
    ["sin internet", ["network-no-internet"]],
    ["no hay internet", ["network-no-internet"]],
    ["pantalla azul", ["blue-screen"]],
    ["pantalla negra", ["black-screen-after-sign-in", "second-monitor-not-detected"]],
    ["no puedo imprimir", PRINT],
    ["no imprime", PRINT],
    ["ordenador lento", ["computer-slow"]],
    ["sin sonido", ["no-sound"]],
    ["no puedo iniciar sesión", SIGN_IN],
    ["no arranca", ["automatic-repair-loop", "boot-configuration"]],
  ])("%s", (text, entries) => {
    expect(idsOf(text, "es")).toEqual(entries);
  });

  test("in the other language too", () => {
    expect(idsOf("no internet", "es")).toEqual(["network-no-internet"]);
    expect(idsOf("sin internet", "en")).toEqual(["network-no-internet"]);
  });
});

describe("a question of one word that says too little finds nothing", () => {
  test.each([
    "error",
    "windows",
    "update",
    "the computer",
    "help me",
    "crash",
    "1603 files",
    "print 12",
  ])("%s", (text) => {
    expect(idsOf(text, "en")).toEqual([]);
  });

  test("nor does one that says the opposite of what an author wrote", () => {
    expect(idsOf("sound", "en")).toEqual([]);
    expect(idsOf("no blue screen", "en")).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { Language } from "../src/language.ts";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk } from "./talk.ts";

/** Who says what: the owner speaks one language and drops words, commands, output and codes of the other. */
type Conversation = [language: Language, ...said: string[]];

const CONVERSATIONS: Conversation[] = [
  ["es", "me sale SEC_E_NO_AUTHENTICATING_AUTHORITY al hacer el login con la vpn", "next"],
  ["es", "el update falla con 0x80073712 desde el lunes", "ok, hecho", "no me ha funcionado"],
  ["es", "no puedo abrir el share de contabilidad, access denied", "done"],
  [
    "es",
    "buenas, el server me da trust relationship failed al iniciar sesión",
    "skip",
    "human please",
  ],
  ["es", "tengo un blue screen 0x000000D1 en el portátil de mi jefa", "same error"],
  ["es", "el outlook me pide password todo el rato", "still the same"],
  ["es", "0x80090311 en el portátil", "Joined=True LocalAccount=False Domain=corp.example.com"],
  ["es", "hola, error 1603 en el setup de la aplicación", "no lo puedo ejecutar", "help"],
  ["es", "no me deja entrar, account locked out", "it worked"],
  ["es", "la impresora da 0x0000011B", "¿qué hago?", "nope"],
  ["en", "the computer of my colleague says 0x80090311 when he opens the VPN", "no funcionó"],
  ["en", "my laptop shows error 1603 while installing the app", "listo", "siguiente"],
  ["en", "I get Acceso denegado when I open the folder of the team", "vale"],
  ["en", "the spanish server shows La relación de confianza falló, what is that?", "no puedo"],
  ["en", "outlook keeps asking for my password since this morning", "persona"],
  ["en", "why do I see 0x80073712 in Windows Update every day?", "sigue igual"],
  ["en", "blue screen DRIVER_IRQL_NOT_LESS_OR_EQUAL on the laptop of sales", "hecho"],
  ["en", "we have 0x0000011B with the printer on the second floor", "ok gracias"],
  ["en", "my account is locked and I do not know why", "funciona"],
  ["en", "this server cannot be found: error 53 on the shared drive", "otra vez igual"],
];

test("are at least 20, half of them in each language", () => {
  expect(CONVERSATIONS.length).toBeGreaterThanOrEqual(20);
  expect(CONVERSATIONS.filter(([language]) => language === "es")).toHaveLength(10);
});

describe("a conversation stays in its owner's language", () => {
  test.each(CONVERSATIONS)("%s: %s", async (language, first, ...rest) => {
    const talk = createTalk(knowledge);
    const heard = [await talk.say(first)];
    for (const text of rest) heard.push(await talk.say(text));
    expect(heard[0]?.answers.length, heard[0]?.text).toBeGreaterThan(0);
    expect(heard.map((one) => one.language)).toEqual(heard.map(() => language));
    for (const { cards } of heard) {
      for (const card of cards) expect(card.language).toBe(language);
    }
  });

  test("until the owner writes a sentence in the other one, or asks for it", async () => {
    const talk = createTalk(knowledge);
    expect((await talk.say("me sale 0x80090311 en el portátil de casa")).language).toBe("es");
    expect((await talk.say("in English please")).language).toBe("en");
    expect((await talk.say("next")).language).toBe("en");
    const back = await talk.say("es que no puedo ejecutar ese comando aquí");
    expect(back.language).toBe("es");
  });
});

test("an English question is not answered by the English names in the Spanish index", async () => {
  const text = "installer aborts, it says the file is held open by some other program";
  const heard = await createTalk(knowledge).say(text);
  expect(heard.answers[0]?.entry).toBe("0x80070020");
});

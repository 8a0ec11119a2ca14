import { describe, expect, test } from "vitest";
import { type FollowUp, readFollowUp, readOrdinal } from "../src/follow-up.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const SAID: Record<string, string[]> = {
  worked: [
    "it worked",
    "It works now!",
    "works now, thanks",
    "ok thanks, it worked",
    "that fixed it",
    "all good now",
    "worked like a charm",
    "I can log in now",
    "fixed",
    "that did the trick",
    "sí, funcionó",
    "ya funciona",
    "ya va perfecto",
    "ya puedo entrar",
    "va perfecto",
    "se ha solucionado, muchas gracias",
    "me sirvió",
    "ya quedó",
    "ha funcionado",
    "yes it worked",
    "great, that worked!!",
  ],
  failed: [
    "it failed",
    "no luck",
    "still the same error",
    "it hasn't worked",
    "it isn't working",
    "that didn't fix it",
    "not fixed",
    "not solved",
    "same problem",
    "didn't help",
    "nothing changed",
    "still not working",
    "I don't think it worked",
    "not good now",
    "no change at all",
    "no funciona",
    "no me ha funcionado",
    "a mí no me funcionó",
    "sigo igual",
    "sigue dando error",
    "todavía no",
    "lo mismo",
    "tampoco",
    "el mismo error",
    "no hay suerte",
    "no se ha arreglado",
    "nada, sigue igual",
  ],
  cannot: [
    "I can't run that",
    "cannot run this",
    "not allowed",
    "I'm not an admin",
    "I don't have admin rights",
    "no puedo ejecutarlo",
    "no tengo permisos",
    "no soy administrador",
    "no me deja ejecutarlo",
  ],
  next: [
    "next",
    "next step please",
    "skip this",
    "what now?",
    "what else can I try?",
    "siguiente",
    "siguiente paso por favor",
    "¿y ahora qué?",
    "qué más hago",
    "salta este paso",
  ],
  person: [
    "human",
    "I need a person",
    "can I talk to a human?",
    "talk to somebody",
    "please call me",
    "escalate this",
    "una persona por favor",
    "quiero hablar con alguien",
    "¿puedo hablar con una persona?",
    "que me llame alguien",
  ],
  resolved: [
    "resolved",
    "it's resolved, thank you",
    "it's gone, thank you so much",
    "close the case",
    "problem is gone",
    "resuelto",
    "ya no sale",
    "cierra el caso",
    "está resuelto, gracias",
  ],
  unresolved: [
    "not resolved",
    "the problem remains",
    "it's not gone",
    "not really",
    "el problema sigue",
    "sigue ocurriendo",
  ],
  reopen: [
    "it is back",
    "it's back again",
    "happened again",
    "ha vuelto",
    "volvió a pasar",
    "otra vez el mismo error",
  ],
  stop: ["stop", "be quiet please", "leave me alone", "cállate", "basta"],
  thanks: ["thanks", "thank you so much", "cheers", "gracias", "muchas gracias"],
  help: ["help", "what can you do?", "ayuda", "¿qué puedes hacer?"],
  greeting: ["hello", "good morning", "hola", "buenos días"],
  explain: [
    "why?",
    "is it safe?",
    "what does that mean?",
    "I don't understand",
    "where do I type that?",
    "no entiendo",
    "¿por qué?",
    "¿es seguro?",
    "¿dónde lo escribo?",
  ],
  yes: ["yes", "yep", "sí", "exactly"],
  no: ["no", "nah", "not really no"],
  not_mine: ["that's not it", "none of these", "no es eso", "ninguno de estos"],
};

const NOT_SAID = [
  "how do I know if it worked?",
  "it works?",
  "did it work for you?",
  "it works on my machine but not on the server",
  "works for me to meet at 5",
  "should I close it?",
  "my VPN icon, it is gone",
  "how do I stop it?",
  "a person told me to ignore it",
  "a person told me lunch is at 1",
  "lo mismo digo",
  "ya no funciona el ratón",
  "ya no sale el icono de la VPN",
  "ya no aparece la VPN",
  "una persona me dijo que lo ignore",
  "did you see the game? it worked out great",
  "and bring the slides",
  "lunch at one?",
  "I will be back at ten",
  "the printer is next to the kitchen",
  "who closed the window?",
  "nos vemos luego",
  "¿quedamos a las cinco?",
  "mañana no puedo ir",
];

describe("what a short text says in a case", () => {
  for (const [act, texts] of Object.entries(SAID)) {
    test.each(texts)(`${act}: %s`, (text) => {
      const said = readFollowUp(text, knowledge);
      const accepted: (FollowUp | undefined)[] =
        act === "no" ? ["no", "unresolved"] : [act as FollowUp];
      expect(accepted).toContain(said);
    });
  }

  test.each(NOT_SAID)("says nothing about the case: %s", (text) => {
    expect(readFollowUp(text, knowledge)).toBeUndefined();
  });

  test.each([
    ["2", 2],
    ["the second one", 2],
    ["option 3", 3],
    ["la primera opción", 1],
    ["el primero", 1],
    ["1.", 1],
  ])("names a button: %s", (text, place) => {
    expect(readOrdinal(String(text), knowledge)).toBe(place);
  });
});

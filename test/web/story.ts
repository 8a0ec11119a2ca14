import type { Action } from "../../src/action.ts";
import type { Button, Card } from "../../src/card.ts";
import type { Language } from "../../src/language.ts";
import { fullCard, type Said, scriptedCore } from "./script.ts";

const told = {
  en: {
    fails: "It fails",
    worked: "It worked",
    gone: "Yes, it is gone",
    solved: "Solved",
    next: "Step 2",
  },
  es: {
    fails: "Falla",
    worked: "Funcionó",
    gone: "Sí, ya no está",
    solved: "Resuelto",
    next: "Paso 2",
  },
};

/** A core that leads from a question to its end, with every way in which a post can arrive on the page. */
export function storyCore() {
  return scriptedCore((message): Said[] => {
    const language: Language = message.from.locale === "es" ? "es" : "en";
    const words = told[language];
    const act = (action: Action["do"]): Action => ({ v: 1, do: action, lang: language });
    const button = (label: string, action: Action["do"]): Button => ({
      label,
      style: "primary",
      action: act(action),
    });
    const say = (title: string, buttons: Button[]): Card => ({
      title,
      language,
      blocks: [{ type: "text", inlines: [message.text || title] }],
      buttons,
    });
    const update = { update: cardOf(message.card) };
    switch (message.action?.do) {
      case "failed":
        return [{ mode: update, card: say(words.next, [button(words.worked, "worked")]) }];
      case "worked":
        return [{ mode: update, card: say("?", [button(words.gone, "resolved")]) }];
      case "resolved":
        return [{ mode: update, card: say(words.solved, []) }];
      case "person":
        return [{ to: { kind: "dm" }, card: say("Private", []) }];
      case "more":
        return [{ to: { kind: "asker" }, card: say("Note", []) }];
      default:
    }
    if (message.text === "thanks") return [];
    if (message.card !== undefined) return [{ to: { kind: "asker" }, card: say("Too old", []) }];
    const card = fullCard(language);
    const quiet: Button = { label: "Ask a person", style: "quiet", action: act("person") };
    return [{ card: { ...card, buttons: [button(words.fails, "failed"), quiet] } }];
  });
}

function cardOf(ref: string | undefined): string {
  return ref ?? "";
}

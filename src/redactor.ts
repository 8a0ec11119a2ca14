import type { Knowledge } from "./knowledge/knowledge.ts";
import { createRedactor, type Redact } from "./redact.ts";

/** Gives the redactor of a knowledge; made anew when the knowledge is reloaded. `hosts`: how the company names computers. */
export function redactorOf(hosts: readonly string[]): (knowledge: Knowledge) => Redact {
  const made = new WeakMap<Knowledge, Redact>();
  return (knowledge) => {
    const { privacy: words, catalog } = knowledge;
    const isSymbol = (word: string) => catalog.bySymbol(word).length > 0;
    const redact = made.get(knowledge) ?? createRedactor({ words, hosts, isSymbol });
    made.set(knowledge, redact);
    return redact;
  };
}

import { z } from "zod";
import type { Card } from "../../src/card.ts";
import type { Draft } from "../../src/draft/draft.ts";
import { entryPreview } from "../../src/draft/entry-preview.ts";
import { formDraft } from "../../src/draft/form-draft.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import type { Tried } from "../../src/knowledge/try-entry.ts";
import type { Language, Phrases } from "../../src/language.ts";
import type { Previews } from "./post.ts";
import { renderCard } from "./render.ts";
import { cardWords } from "./words.ts";

/** What writing an entry needs; `save` keeps a draft and resolves to its path, absent where no folder is set. */
export type Writing = {
  knowledge(): Knowledge & { tryEntry(text: string): Tried };
  save?(draft: Draft): Promise<string>;
};

const line = z.string().max(2_000);
const schema = z.union([
  z.strictObject({
    form: z.strictObject({
      title: line,
      known: line,
      summary: line,
      cause: line,
      step: line,
      who: z.enum(["user", "helpdesk", "admin"]),
      risk: z.enum(["read-only", "reversible", "disruptive"]),
    }),
  }),
  z.strictObject({ text: z.string().max(64_000), save: z.boolean().default(false) }),
]);

/** What the page sends: the six fields, or the text of an entry to check and perhaps to save. */
export type WriteRequest = z.infer<typeof schema>;

/** What it gets: the text, what is wrong by line, the cards, and where it was saved, if it was. */
export type Written = {
  text: string;
  problems: { line: number; text: string }[];
  cards: { title: string; language: Language; html: string; slack: unknown; teams: unknown }[];
  saved?: string | "no-folder" | "problems";
};

/** Reads a request body; undefined when it is none of these. */
export function readWriteRequest(body: unknown): WriteRequest | undefined {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/** Makes the desk at which entries are written: nothing that is loaded changes, a draft is only kept. */
export function createWriting(
  { knowledge, save }: Writing,
  { previews, phrases, now }: { previews: Previews; phrases: Phrases; now(): number },
): (request: WriteRequest, language: Language) => Promise<Written> {
  return async (request, language) => {
    const known = knowledge();
    const today = new Date(now()).toISOString().slice(0, 10);
    if ("form" in request) {
      const draft = formDraft({ ...request.form, language }, known, today);
      return show(draft.text(draft.id));
    }
    const written = show(request.text);
    if (!request.save) return written;
    const id = /^id:\s*["']?([\w-]+)/m.exec(request.text)?.[1];
    if (written.problems.length > 0 || !id) return { ...written, saved: "problems" };
    if (!save) return { ...written, saved: "no-folder" };
    return { ...written, saved: await save({ id, text: (free) => named(request.text, free) }) };

    function show(text: string): Written {
      const { problems, entry } = known.tryEntry(text);
      const cards = entry ? entryPreview(entry, known, now()).map(shown) : [];
      return {
        text,
        problems: problems.map(({ line: at, text: fault }) => ({ line: at, text: fault })),
        cards,
      };
    }
  };

  function shown(card: Card): Written["cards"][number] {
    const { title, language } = card;
    const html = renderCard(card, cardWords(phrases, language));
    return { title, language, html, slack: previews.slack(card), teams: previews.teams(card) };
  }
}

/** The text under the id that was free. */
function named(text: string, id: string): string {
  return text.replace(/^id:.*$/m, `id: ${JSON.stringify(id)}`);
}

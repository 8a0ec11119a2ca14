import { create, insertMultiple, search } from "@orama/orama";
import { Index } from "flexsearch";
import MiniSearch from "minisearch";
import type { Document } from "./documents.ts";

/** Something that ranks documents: the ids of the best three for a question. */
export type Engine = { name: string; search(text: string): number[] };

const BEST = 3;

/**
 * General search libraries over the same documents, as their manuals set them up: MiniSearch plain and with `fuzzy` and
 * `prefix`, FlexSearch by word beginnings with suggestions, Orama as it is.
 */
export function enginesOver(documents: readonly Document[]): Engine[] {
  const plain = new MiniSearch<Document>({ fields: ["text"] });
  plain.addAll(documents);
  const flex = new Index({ tokenize: "forward" });
  for (const { id, text } of documents) flex.add(id, text);
  const orama = create({ schema: { number: "number", text: "string" } as const });
  insertMultiple(
    orama,
    documents.map(({ id, text }) => ({ number: id, text })),
  );
  const ids = (found: { id: number }[]) => found.slice(0, BEST).map(({ id }) => id);
  return [
    { name: "MiniSearch, defaults", search: (text) => ids(plain.search(text) as never) },
    {
      name: "MiniSearch, fuzzy and prefix",
      search: (text) => ids(plain.search(text, { fuzzy: 0.2, prefix: true }) as never),
    },
    {
      name: "FlexSearch, forward and suggest",
      search: (text) => flex.search(text, { limit: BEST, suggest: true }).map(Number),
    },
    {
      name: "Orama, defaults",
      search: (text) => {
        const found = search(orama, { term: text, properties: ["text"], limit: BEST });
        return found instanceof Promise ? [] : found.hits.map(({ document }) => document.number);
      },
    },
  ];
}

import { z } from "zod";
import { foldWord } from "./words.ts";

const words = z.array(z.string().min(1).max(60)).max(300).default([]);
const forms = z.strictObject({ do: words, did: words, done: words, says: words });

/** The words of one language that tell advice from talk: locales/<language>/dangers.yaml, `grammar`. */
export const grammarSchema = z.strictObject({
  endings: z.record(z.string(), forms).default({}),
  verbs: z.record(z.string(), words).default({}),
  prevents: words,
  negations: words,
  bridges: words,
  despite: words,
  articles: words,
  of: words,
  leads: words,
  doers: words,
  musts: words,
  bes: words,
  tries: words,
  withs: words,
  pronouns: words,
  breaks: words,
  ands: words,
  its: words,
  questions: words,
  auxiliaries: words,
  parts: words,
  rivals: words,
  culprits: words,
  spares: words,
  spare_endings: words,
  disowned: words,
  restored: words,
});

/**
 * What a verb form can be: `do` advises (stop, stopping), `did` names its doer (desactivé), `done` is a participle or a
 * past (stopped), `says` is an imperative or tells what something does (detiene).
 */
export type Form = "do" | "did" | "done" | "says";

/** A verb as words: the first is inflected; `gap` parts "turn .. off", which may hold the target. */
export type Verb = {
  acts: string;
  form: Form;
  first: string;
  rest: readonly string[];
  gap: boolean;
  /** "stop" may mean prevent: "stop lsass from crashing". */
  prevents: boolean;
};

/** The prepared grammar of a language; all words are folded. */
export type Grammar = Lists & {
  /** Exact first word (accents kept) -> verbs; then folded first word -> verbs. */
  exact: ReadonlyMap<string, readonly Verb[]>;
  folded: ReadonlyMap<string, readonly Verb[]>;
  leads: readonly Phrase[];
  negations: readonly Phrase[];
  despite: readonly Phrase[];
  disowned: readonly Phrase[];
  restored: readonly Phrase[];
  spareEndings: readonly string[];
};

export type Phrase = readonly string[];

const LISTS = [
  "bridges",
  "articles",
  "of",
  "doers",
  "musts",
  "bes",
  "tries",
  "withs",
  "pronouns",
  "breaks",
  "ands",
  "its",
  "questions",
  "auxiliaries",
  "parts",
  "rivals",
  "culprits",
  "spares",
] as const;
type Lists = Record<(typeof LISTS)[number], ReadonlySet<string>>;

/** Expands the verbs ("desactiv-ar" with the endings of -ar) and folds the lists. */
export function readGrammar(data: z.infer<typeof grammarSchema>): Grammar {
  const exact = new Map<string, Verb[]>();
  const folded = new Map<string, Verb[]>();
  const prevents = new Set(data.prevents);
  for (const [acts, written] of Object.entries(data.verbs)) {
    for (const one of written) {
      for (const { form, first, rest, gap } of expand(one, data.endings)) {
        const verb = { acts, form, first, rest, gap, prevents: prevents.has(one) };
        push(exact, first.normalize("NFC").toLowerCase(), verb);
        push(folded, foldWord(first), verb);
      }
    }
  }
  const lists = listsOf((name) => new Set(data[name].map(foldWord)));
  return {
    ...lists,
    exact,
    folded: byLikelihood(folded),
    leads: data.leads.map(phraseOf),
    negations: data.negations.map(phraseOf),
    despite: data.despite.map(phraseOf),
    disowned: data.disowned.map(phraseOf),
    restored: data.restored.map(phraseOf),
    spareEndings: data.spare_endings,
  };
}

/** The folded words of a phrase. */
export function phraseOf(text: string): Phrase {
  return text.split(/\s+/u).filter(Boolean).map(foldWord);
}

function listsOf(read: (name: keyof Lists) => ReadonlySet<string>): Lists {
  return Object.fromEntries(LISTS.map((name) => [name, read(name)])) as Lists;
}

type Expanded = Pick<Verb, "form" | "first" | "rest" | "gap">;

function expand(written: string, endings: z.infer<typeof grammarSchema>["endings"]): Expanded[] {
  const [first = "", ...others] = written.split(/\s+/u);
  const gap = others[0] === "..";
  const rest = (gap ? others.slice(1) : others).map(foldWord);
  const dash = first.indexOf("-");
  const ending = dash < 0 ? undefined : endings[first.slice(dash)];
  if (!ending) return [{ form: "do", first, rest, gap }];
  const root = first.slice(0, dash);
  return (["do", "did", "done", "says"] as const).flatMap((form) =>
    ending[form].map((end) => ({ form, first: root + (end === "0" ? "" : end), rest, gap })),
  );
}

/** Without accents a form may be two (desactive, desactivé): the one that advises is taken. */
function byLikelihood(verbs: ReadonlyMap<string, Verb[]>): Map<string, Verb[]> {
  const rank: Record<Form, number> = { do: 0, did: 1, says: 2, done: 3 };
  return new Map(
    [...verbs].map(([word, list]) => [word, list.toSorted((a, b) => rank[a.form] - rank[b.form])]),
  );
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

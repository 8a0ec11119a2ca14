import type { CodeAnswer } from "../src/answered.ts";
import type { Knowledge } from "../src/knowledge/knowledge.ts";
import type { Language } from "../src/language.ts";
import { type Question, readQuestions } from "../test/questions/question.ts";
import { isSame } from "../test/questions/verdict.ts";
import { codesOf, documentsIn } from "./documents.ts";
import { enginesOver } from "./engines.ts";
import { medianOf } from "./median.ts";
import { table } from "./table.ts";

/** The best three answers of an engine, best first, each with its codes; `sure` when it commits itself to the first. */
type Ranked = { codes: CodeAnswer[]; sure: boolean }[];
type Ranker = { name: string; rank(text: string): Ranked };

const ROUNDS = 5;
const HEAD = ["", "hit@1", "hit@3", "wrong first", "answers to no problem", "median ms"];

/**
 * How well and how fast symptoms are found, by Hexdesk and by general libraries over the same documents and questions. Only
 * Hexdesk can decline: "answers to no problem" are answers to questions that are no Windows error.
 */
export function ranking(knowledge: Knowledge, folder: string): string {
  const questions = readQuestions();
  return (["en", "es"] as const)
    .map((language) => inLanguage(knowledge, folder, language, questions))
    .join("\n\n");
}

function inLanguage(
  knowledge: Knowledge,
  folder: string,
  language: Language,
  questions: readonly Question[],
): string {
  const documents = documentsIn(knowledge, folder, language);
  const own: Ranker = {
    name: "Hexdesk",
    rank: (text) => {
      const { outcome, hits } = knowledge.search(text, language);
      return hits.map((hit) => ({ codes: codesOf(hit, knowledge), sure: outcome === "one" }));
    },
  };
  const others = enginesOver(documents).map(
    ({ name, search }): Ranker => ({
      name,
      rank: (text) => search(text).map((id) => ({ codes: documents[id]?.codes ?? [], sure: true })),
    }),
  );
  const spoken = questions.filter(({ lang }) => lang === language);
  const symptoms = spoken.filter(({ kind }) => kind === "symptom");
  const nothing = spoken.filter(({ kind }) => kind === "nothing");
  const rows = [own, ...others].map((ranker) => row(ranker, symptoms, nothing));
  const size = `${language}: ${documents.length} documents, ${symptoms.length} symptoms`;
  return `${size}\n${table(HEAD, rows)}`;
}

function row({ name, rank }: Ranker, symptoms: Question[], nothing: Question[]): string[] {
  const ranked = symptoms.map((question) => ({ question, answers: rank(question.text) }));
  const places = ranked.map(({ question, answers }) =>
    answers.findIndex(({ codes }) =>
      codes.some((got) => question.expect.some((wanted) => isSame(wanted, got))),
    ),
  );
  const sure = ranked.map(({ answers }) => answers[0]?.sure === true);
  const share = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`;
  const answered = nothing.filter(({ text }) => rank(text).length > 0).length;
  const texts = symptoms.map(({ text }) => text);
  return [
    name,
    share(places.filter((place, i) => place === 0 && sure[i]).length, places.length),
    share(places.filter((place) => place >= 0).length, places.length),
    share(places.filter((place, i) => place !== 0 && sure[i]).length, places.length),
    share(answered, nothing.length),
    (medianOf(texts, ROUNDS, rank) / 1000).toFixed(2),
  ];
}

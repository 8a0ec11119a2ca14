import type { Answered, CodeAnswer } from "../../src/answered.ts";
import type { Expected, Question } from "./question.ts";

/**
 * How an answer did: right at once, among the first three, a wrong code asserted, a choice offered, or nothing said though
 * there was an answer.
 */
export type Verdict = {
  first: boolean;
  third: boolean;
  wrong: boolean;
  choices: boolean;
  abstained: boolean;
};

/** Compares an answer with the question's right answers. */
export function verdictOn(question: Question, answered: Answered): Verdict {
  const { kind, answers } = answered;
  const choices = kind === "choices";
  if (question.expect.length === 0) {
    const named = answers.some((answer) => answer.symbol !== null || answer.entry !== null);
    const honest = question.kind === "unknown" ? kind === "unknown-code" : isNothing(answered);
    const right = honest && !named;
    return { first: right, third: right, wrong: named, choices, abstained: false };
  }
  const ranks = question.expect.map((wanted) => answers.findIndex((got) => isSame(wanted, got)));
  const found = ranks.filter((rank) => rank >= 0);
  const best = Math.min(...found, Number.POSITIVE_INFINITY);
  const isRight = question.match === "all" ? found.length === ranks.length : best === 0;
  const strange = answers.some((got) => !question.expect.some((wanted) => isSame(wanted, got)));
  const first = isRight && !choices && (question.kind === "symptom" || !strange);
  return {
    first,
    third: question.match === "all" ? isRight : best < 3,
    wrong: question.kind === "symptom" ? strange && !first && !choices : strange,
    choices,
    abstained: answers.length === 0,
  };
}

/** True for one code in two forms: 0x8007NNNN, 0xC007NNNN and NNNN are one; a stop code is only itself. */
export function isSame(wanted: Expected, got: CodeAnswer): boolean {
  if (got.code === null || got.family === null) return false;
  if ((wanted.family === "bugcheck") !== (got.family === "bugcheck")) return false;
  const [a, b] = [Number(wanted.code), Number(got.code)];
  if (low(a) !== low(b)) return false;
  return low(a) > 0xffff || spaceOf(wanted) === spaceOf({ ...wanted, family: got.family });
}

function isNothing({ kind, answers }: Answered): boolean {
  return answers.length === 0 && ["not-found", "help", "feedback"].includes(kind);
}

function low(value: number): number {
  const top = value >>> 16;
  return top === 0x8007 || top === 0xc007 ? value & 0xffff : value;
}

function spaceOf({ family }: Expected): string {
  return ["hresult", "ntstatus", "msi", "wininet", "ras"].includes(family) ? "win32" : family;
}

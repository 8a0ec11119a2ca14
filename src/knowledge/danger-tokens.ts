import { foldWord } from "./words.ts";

/**
 * One word of a text, or a lone `*`. `clause` and `sentence` number the stretches between commas and between full stops;
 * `asked` is true in a sentence that ends in a question mark.
 */
export type DangerToken = {
  word: string;
  /** Lower case with accents: "desactivó" and "desactivo" differ. */
  exact: string;
  clause: number;
  sentence: number;
  asked: boolean;
};

const MARKS = /(\p{M}{4})\p{M}+/gu;
const ADDRESS = /https?:\/\/\S+/giu;
const CODE = /^0x[0-9a-f]+$/i;
const PIECE = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{N}]+)*|\*+|[.,;:!?¿¡\n()]/gu;

/**
 * Splits a text into words with their clauses and sentences. A full stop ends a sentence only before a blank (`lsass.exe`
 * is one stretch), a code ends its clause, addresses are left out. A `*` counts when it stands alone: not as a bullet, as
 * emphasis or inside `*.example.com`.
 */
export function dangerTokens(text: string): DangerToken[] {
  const source = text.replace(MARKS, "$1").replace(ADDRESS, " ").normalize("NFC");
  const tokens: DangerToken[] = [];
  let clause = 0;
  let sentence = 0;
  for (const { 0: piece, index } of source.matchAll(PIECE)) {
    const next = source[index + piece.length] ?? " ";
    if (piece.startsWith("*")) {
      if (isLone(source, index, piece)) tokens.push(token(piece, clause, sentence));
    } else if (/[\p{L}\p{N}]/u.test(piece)) {
      tokens.push(token(piece, clause, sentence));
      if (CODE.test(piece)) clause += 1;
    } else if (endsSentence(piece, next)) {
      if (piece === "?") askAll(tokens, sentence);
      sentence += 1;
      clause += 1;
    } else if (piece !== "." && piece !== ":") {
      clause += 1;
    } else if (/\s/.test(next)) {
      clause += 1;
    }
  }
  return tokens;
}

function token(piece: string, clause: number, sentence: number): DangerToken {
  return { word: foldWord(piece), exact: piece.toLowerCase(), clause, sentence, asked: false };
}

function endsSentence(piece: string, next: string): boolean {
  if (piece === "\n" || piece === ";" || piece === "!" || piece === "?") return true;
  return piece === "." && /\s/.test(next);
}

function askAll(tokens: readonly DangerToken[], sentence: number): void {
  for (let i = tokens.length - 1; i >= 0; i -= 1) {
    const one = tokens[i];
    if (one?.sentence !== sentence) return;
    one.asked = true;
  }
}

function isLone(source: string, index: number, piece: string): boolean {
  if (piece.length > 1) return false;
  const before = source[index - 1] ?? "\n";
  const after = source[index + 1] ?? " ";
  if (/[\p{L}\p{N}._\\/:-]/u.test(before) || /[\p{L}\p{N}._\\/-]/u.test(after)) return false;
  const lineStart = source.lastIndexOf("\n", index - 1) + 1;
  return source.slice(lineStart, index).trim() !== "" || after.trim() !== "";
}

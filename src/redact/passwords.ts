import { COMMAND_CUE, commandRules } from "./commands.ts";
import { inPlainSpelling } from "./plain-spelling.ts";
import { anyOf, byPattern, type Rule, type RuleGroup, type Span, shortest } from "./rule.ts";
import { toldRules } from "./told.ts";
import type { PrivacyWords } from "./words.ts";

/** Labels of connection strings, scripts and configuration files; those of people's languages are in privacy.yaml. */
const LABELS = "pass(?:word|wd|phrase)|pwd";
/** Also a verb ("so that it may pass: the proxy…"): what follows must end its line, or look like a secret. */
const VERB = "pass";
const FENCED_LABELS =
  "(?:client|app|shared)?[_ -]?secret|api[_ -]?key|(?:access|refresh)[_ -]?token|storepass|keypass";

/** What each of the fenced labels cannot do without, but for "pass". */
const FENCED_SIGNS = "secret|api[_ -]?key|[sh][_ -]?token";

/** Options, commands and addresses that hold a password without a label. */
const PLACES = `[/-]p[:=]|/rp |:[^\\s/]{1,256}@|net1?(?:\\.exe)?[ \\t]{1,3}use|ConvertTo-|${COMMAND_CUE}`;

const GAP = "(?:[\"'*_~`]{0,3}[ \\t]{0,24}[:=][*_~`]{0,3}|[ \\t]{1,24}REG_SZ)[ \\t]{0,24}";
const QUOTED = "\"[^\"\\r\\n]{1,128}\"|'[^'\\r\\n]{1,128}'|“[^”\\r\\n]{1,128}”|«[^»\\r\\n]{1,128}»";
const TO_BLANK = "[^\\s;,]{1,512}";

/** What stands for a password: a variable, a placeholder, stars, a call; only where it is the whole value. */
const PLACEHOLDER =
  /^(?:<\p{L}[^<>]{0,60}>?|\$\p{L}[\w:.]*|%[\w ()-]{1,60}%|\{\{?\s?\p{L}[^{}]{0,60}\}?\}?|\[\p{L}[\p{L}\d _-]{0,60}\]?|\*{2,}|\(?(?:ConvertTo-|Read-Host|Get-).*|\$\(.*)$/iu;
/** A registry key ("Clave: HKLM"), a file or a page is no password. */
const PATH = /^["']?(?:HK(?:LM|CU|CR|U|CC)[\\:]|HKEY_|[A-Za-z]:\\|https?:)/i;
const NOTHING = new Set(["password", "null", "true", "false", "none", "nil", "undefined"]);

/**
 * Passwords that a word, an option or a place gives away. A password without any of them ("try Winter2026!") cannot be told
 * from another word. `isCode` keeps error codes and names that stand behind a label.
 */
export function passwordRules(words: PrivacyWords, isCode: (word: string) => boolean): RuleGroup {
  const isNone = (value: string) => isNoPassword(value, words) || isCode(bare(value));
  const assigned = (labels: string) =>
    new RegExp(`${labels}${GAP}(?<value>${QUOTED}|${TO_BLANK})`, "giu");
  const own = `(?<![\\p{L}\\p{N}])(?:${FENCED_LABELS}|${anyOf(words.labels)})`;
  const labels = `(?:${LABELS}|${VERB}|${anyOf(words.labels)})`;
  const isNoneOrCount = (value: string) => isNone(value) || /^\d{1,3}$/.test(value);
  const told = [...words.says, ...words.accounts, ...words.pins, ...words.recoveryKeys];
  const signs = anyOf(shortest([VERB, "pwd", ...words.labels, ...told]));
  const cue = new RegExp(`${signs}|${FENCED_SIGNS}|${PLACES}`, "iu");
  const rules = [
    password(byPattern(assigned(`(?:${LABELS})`), isNone)),
    password(byPattern(assigned(own), isNoneOrCount)),
    password(
      byPattern(
        new RegExp(
          `(?<![\\p{L}\\p{N}])${VERB}${GAP}(?<value>${TO_BLANK})(?=[ \\t]*(?:\\r?\\n|$))`,
          "giu",
        ),
        isNoneOrCount,
      ),
    ),
    password(
      byPattern(
        new RegExp(
          `(?<![\\p{L}\\p{N}])${anyOf(words.says)}:?[ \\t]{1,3}(?<value>${QUOTED}|[^\\s"“”«»';,<>]{4,128})`,
          "giu",
        ),
        (value) => isNone(value) || isTalk(value, words),
      ),
    ),
    password(byPattern(/<Password>\s{0,40}<Value>(?<value>[^<]{1,512})/gi, isNone)),
    password(
      byPattern(
        /(?<=\s|^)(?:\/pass:|\/p:|\/password:|-password |-p=|\/rp )(?<value>"[^"\r\n]{1,128}"|[^\s"]{1,512})/gim,
        (value) => /^"?[<$%{[*(/-]/.test(value) || value.includes("=") || isNone(value),
      ),
    ),
    password(
      byPattern(
        /ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?(?<value>"[^"\r\n]{1,256}"|'[^'\r\n]{1,256}')/gi,
        isNone,
      ),
    ),
    password((text) => netPasswords(text, (value) => isNone(value) || isTalk(value, words))),
    password(
      byPattern(/\/\/[^\s:@/]{1,64}:(?<value>[^\s/]{1,256})(?=@)/g, (value) =>
        PLACEHOLDER.test(value),
      ),
    ),
    ...commandRules(isNone),
    ...toldRules(labels, words, isNone),
  ];
  return { cue, rules: rules.map(inPlainSpelling) };
}

function password(find: Rule["find"]): Rule {
  return { kind: "password", secret: true, find };
}

function isNoPassword(value: string, words: PrivacyWords): boolean {
  const inner = bare(value);
  const lower = inner.toLowerCase();
  if (!/[\p{L}\p{N}]/u.test(value) || NOTHING.has(lower) || PATH.test(value)) return true;
  return PLACEHOLDER.test(value.replace(/^["'“«]|["'”»]$/gu, "")) || words.notPasswords.has(lower);
}

/** Lower-case letters with the ending of a participle: "expired", "caducada". */
function isTalk(value: string, words: PrivacyWords): boolean {
  const inner = bare(value);
  return /^\p{Ll}+$/u.test(inner) && words.endings.some((ending) => inner.endsWith(ending));
}

/** The value without quotes and sentence marks around it. */
function bare(value: string): string {
  return value.slice(0, 512).replace(/^[^\p{L}\p{N}_-]{1,20}|[^\p{L}\p{N}_]{1,20}$/gu, "");
}

const NET = /\bnet1?(?:\.exe)?[ \t]{1,3}(?:use|user)\b[^\r\n]{0,400}/gi;
const SPARED = /^"?(?:[*/<$%{[-]|\\\\|\w:$)/;

/**
 * In `net use` the password stands behind the user's name, or between the share and an option; in `net user` between the
 * name and an option.
 */
function netPasswords(text: string, isNone: (value: string) => boolean): Span[] {
  return [...text.matchAll(NET)].flatMap((line) => {
    const words = [...line[0].matchAll(/[^\s"]{1,256}|"[^"]{1,128}"/g)];
    const isUser = /^user$/i.test(words[1]?.[0] ?? "");
    return words.flatMap((word, i): Span[] => {
      const before = words[i - 1]?.[0] ?? "";
      const isBetween =
        words[i + 1]?.[0].startsWith("/") && (isUser ? i === 3 : /^"?\\\\/.test(before));
      if (!isBetween && !/^\/user:./i.test(before)) return [];
      if (SPARED.test(word[0]) || isNone(word[0])) return [];
      const start = line.index + word.index;
      return [{ start, end: start + word[0].length }];
    });
  });
}

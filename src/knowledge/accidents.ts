import { EVENT_ID } from "js-yaml";
import type { Problem } from "./error.ts";
import { lineOf, scalarText, walkYaml, type YamlEvent, type YamlNode } from "./walk.ts";

const PLAIN = 1;
const LITERAL = 4;
const FLOW = 2;

/** Fields with a value from a fixed list or an id, where a comment behind the value cuts nothing off. */
const WORD_FIELDS = new Set(
  "id of status reviewed area value family symbol likelihood who risk shell next relation danger replaced_by extends code language otherwise date source url".split(
    " ",
  ),
);

const VISIBLE = /^[\n\x20-\x7E]*$/;
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

/**
 * Finds what YAML accepts silently and the author did not mean: a text cut at " #", braces, a command that is no block
 * literal, typographic quotes and dashes or a tab in a command, invisible characters, curly quotes used as quotes; and
 * what knowledge does not use: anchors, aliases, tags, more than `maxKeys` keys.
 */
export function findAccidents(
  file: string,
  text: string,
  events: readonly YamlEvent[],
  maxKeys: number,
): Problem[] {
  const problems: Problem[] = [];
  let keys = 0;
  walkYaml(text, events, (node) => {
    if (node.isKey) keys++;
    const fault = accident(text, node);
    if (fault) problems.push({ file, line: lineOf(text, fault.offset), text: fault.text });
  });
  if (keys > maxKeys) {
    return [{ file, line: 1, text: `${keys} fields and ${maxKeys} are the most: split the file` }];
  }
  return problems;
}

function accident(text: string, node: YamlNode): { offset: number; text: string } | undefined {
  const { event, key, isKey, offset } = node;
  const say = (words: string, at = offset) => ({ offset: at, text: words });
  if (event.type === EVENT_ID.ALIAS || ("anchorStart" in event && event.anchorStart >= 0))
    return say("a text may not begin with & or *: put it in double quotes");
  if ("tagStart" in event && event.tagStart >= 0)
    return say("a text may not begin with !: put it in double quotes");
  if (event.type === EVENT_ID.MAPPING && event.style === FLOW)
    return say(
      "braces { } split a text at its commas: write one field a line, or quote the text",
      event.start,
    );
  if (event.type !== EVENT_ID.SCALAR) return undefined;
  const value = scalarText(text, event);
  const invisible = VISIBLE.test(value) ? undefined : INVISIBLE.exec(value);
  if (invisible) return say(`an invisible character (${unicode(invisible[0])}): delete it`);
  if (isKey) return undefined;
  if (key === "command") return commandAccident(value, event.style, offset);
  if (event.style !== PLAIN || value === "") return undefined;
  if (!WORD_FIELDS.has(key) && /^[ \t]+#/.test(text.slice(event.valueEnd, event.valueEnd + 200)))
    return say(
      "the text is cut off at # : put the whole text in double quotes, or the note on its own line",
    );
  if (/^[“”„«‘’]/.test(value) && /[“”»‘’]$/.test(value))
    return say(`curly quotes (${value[0]}) do not quote in YAML: use " at both ends`);
  return undefined;
}

function commandAccident(value: string, style: number, offset: number) {
  if (style !== LITERAL)
    return {
      offset,
      text: "a command must be a block: write `command: |-` and the command on the next line, indented",
    };
  const foreign = /[^\n\x20-\x7E]/.exec(value);
  if (!foreign) return undefined;
  const letter = foreign[0];
  if (letter === "\t") return { offset, text: "a tab in a command: use blanks" };
  const straight = STRAIGHT[letter];
  if (straight)
    return { offset, text: `${letter} in a command (an editor put it there): type ${straight}` };
  return {
    offset,
    text: `${letter} (${unicode(letter)}) in a command: commands are plain ASCII, without names in one language of Windows`,
  };
}

const STRAIGHT: Record<string, string> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "--",
  "‑": "-",
  "−": "-",
  "…": "...",
  "\u00A0": "a blank",
};

function unicode(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

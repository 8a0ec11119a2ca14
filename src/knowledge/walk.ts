import { EVENT_ID, getScalarValue, type parseEvents } from "js-yaml";

/** One event of the YAML parser. */
export type YamlEvent = ReturnType<typeof parseEvents>[number];

/**
 * One place of a YAML text. `key` is the mapping key above it (of the nearest mapping), `isKey` marks the key itself.
 * `offset` counts UTF-16 units; `path` is computed when it is asked for.
 */
export type YamlNode = {
  event: YamlEvent;
  isKey: boolean;
  key: string;
  offset: number;
  path(): (string | number)[];
};

type Frame = { mapping: boolean; key: string; index: number; atKey: boolean; keyOffset: number };

/** Visits every key, value and collection of a parsed text in order. */
export function walkYaml(
  text: string,
  events: readonly YamlEvent[],
  visit: (node: YamlNode) => void,
): void {
  const stack: Frame[] = [];
  const path = () =>
    stack.flatMap((frame): (string | number)[] => {
      if (frame.mapping) return frame.key === "" ? [] : [frame.key];
      return frame.index < 0 ? [] : [frame.index];
    });
  const key = () => stack.findLast((frame) => frame.mapping)?.key ?? "";
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      stack.pop();
      continue;
    }
    const top = stack.at(-1);
    const isKey = Boolean(top?.mapping && top.atKey);
    if (top && !top.mapping) top.index++;
    if (top?.mapping) {
      if (isKey) top.keyOffset = startOf(event);
      if (isKey && event.type === EVENT_ID.SCALAR) top.key = scalarText(text, event);
      top.atKey = !top.atKey;
    }
    const offset = top?.mapping ? top.keyOffset : startOf(event);
    visit({ event, isKey, key: key(), offset: Math.max(0, offset), path });
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const mapping = event.type === EVENT_ID.MAPPING;
      stack.push({ mapping, key: "", index: -1, atKey: mapping, keyOffset: 0 });
    }
  }
}

/** The 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** The value of a scalar event. */
export function scalarText(text: string, event: YamlEvent): string {
  return event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : "";
}

function startOf(event: YamlEvent): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return "start" in event ? event.start : 0;
}

import { constructFromEvents, FAILSAFE_SCHEMA, parseEvents, YAMLException } from "js-yaml";
import { findAccidents } from "./accidents.ts";
import type { Problem } from "./error.ts";
import { explainSyntax } from "./syntax.ts";
import { lineOf, walkYaml, type YamlEvent } from "./walk.ts";

/** A parsed file. Every scalar is a string. `line` gives the 1-based line of a path, of its nearest parent, or 1. */
export type Doc = { file: string; value: unknown; line(path: readonly PropertyKey[]): number };

const CAPS = { bytes: 64 * 1024, depth: 20, keys: 2000 };

/**
 * Reads one YAML file with the failsafe schema (0x80090311, no and 1.10 stay text) and refuses what authors get wrong
 * without noticing. Caps: 64 kB, depth 20, 2,000 keys; anchors, aliases, tags and several documents are refused. BOM and
 * CRLF are fine.
 */
export function readYaml(file: string, bytes: Uint8Array): { doc?: Doc; problems: Problem[] } {
  const fault = (line: number, text: string) => ({ problems: [{ file, line, text }] });
  if (bytes.length > CAPS.bytes) {
    return fault(1, `the file has ${bytes.length} bytes and ${CAPS.bytes} is the most: split it`);
  }
  const text = decode(bytes);
  if (typeof text === "number") {
    return fault(
      text,
      "a letter here is not UTF-8 (an editor saved as ANSI or Windows-1252): save the file as UTF-8",
    );
  }
  try {
    const events = parseEvents(text, { maxDepth: CAPS.depth });
    const problems = findAccidents(file, text, events, CAPS.keys);
    if (problems.length > 0) return { problems };
    const values = constructFromEvents(events, { source: text, schema: FAILSAFE_SCHEMA });
    if (values.length !== 1) {
      return fault(
        1,
        "one file holds one entry: this one is empty or has a --- line in the middle",
      );
    }
    return { doc: { file, value: values[0], line: lineFinder(text, events) }, problems: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + 1;
    return fault(line, explainSyntax(error.reason, text.split("\n")[line - 1] ?? ""));
  }
}

/** The text without BOM and carriage returns, or the line of the first byte that is not UTF-8. */
function decode(bytes: Uint8Array): string | number {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch {
    const loose = new TextDecoder("utf-8").decode(bytes);
    return loose.slice(0, loose.indexOf("\uFFFD")).split("\n").length;
  }
}

function lineFinder(text: string, events: readonly YamlEvent[]): Doc["line"] {
  let places: Map<string, number> | undefined;
  return (path) => {
    places ??= positions(text, events);
    for (let length = path.length; length > 0; length--) {
      const offset = places.get(path.slice(0, length).map(String).join("\n"));
      if (offset !== undefined) return lineOf(text, offset);
    }
    return 1;
  };
}

function positions(text: string, events: readonly YamlEvent[]): Map<string, number> {
  const places = new Map<string, number>();
  walkYaml(text, events, (node) => {
    const path = node.path().join("\n");
    if (path !== "" && !places.has(path)) places.set(path, node.offset);
  });
  return places;
}

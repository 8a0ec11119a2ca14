import { readCodes } from "../codes/read.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Language } from "../language.ts";
import type { Draft } from "./draft.ts";
import { clip, codeLines, oneLine, quoted, relatedLines } from "./entry-text.ts";

/** What somebody who never wrote an entry is asked. `known` holds codes, or the words of the problem. */
export type EntryForm = {
  language: Language;
  title: string;
  known: string;
  summary: string;
  cause: string;
  step: string;
  who: "user" | "helpdesk" | "admin";
  risk: "read-only" | "reversible" | "disruptive";
};

/** The draft of an entry from six fields, with what an entry needs besides in the author's language, to be completed. */
export function formDraft(form: EntryForm, knowledge: Knowledge, today: string): Draft {
  const say = (key: string) => knowledge.phrases(form.language, `write.${key}`);
  const { codes } = readCodes(form.known, knowledge.catalog, { bare: true });
  const readings = codes.flatMap(({ readings: [first] }) => first ?? []);
  const free = readings.filter((one) => knowledge.entryFor(one) === undefined);
  const [taken] = readings.filter((one) => !free.includes(one));
  const [own] = free;
  const known = clip(oneLine(form.known), 200);
  const text = (id: string) =>
    [
      "# yaml-language-server: $schema=../entry.schema.json",
      `id: ${quoted(id)}`,
      `language: ${form.language}`,
      `title: ${quoted(clip(oneLine(form.title), 160))}`,
      "status: draft",
      `reviewed: ${today}`,
      "area: apps",
      ...codeLines(free),
      ...(readings.length > 0 || known === "" ? [] : ["aliases:", `  phrases: [${quoted(known)}]`]),
      "questions:",
      `  - ${quoted(clip(oneLine(form.title), 200))}`,
      `summary: ${quoted(oneLine(form.summary))}`,
      "causes:",
      "  - id: first-cause",
      "    likelihood: common",
      `    title: ${quoted(clip(oneLine(form.cause), 160))}`,
      `    why: ${quoted(oneLine(form.cause))}`,
      "    steps: [first-step]",
      "    sources: [own-experience]",
      "steps:",
      "  first-step:",
      `    title: ${quoted(clip(oneLine(form.step), 160))}`,
      `    who: ${form.who}`,
      `    risk: ${form.risk}`,
      "    do:",
      `      - ${quoted(oneLine(form.step))}`,
      ...byRisk(form.risk, say),
      "    sources: [own-experience]",
      "verify:",
      `  - ${quoted(say("verify"))}`,
      "escalate:",
      `  when: ${quoted(say("escalate"))}`,
      ...(taken ? relatedLines(taken.code) : []),
      "references:",
      "  - id: own-experience",
      `    by: ${quoted(say("by"))}`,
      `    date: ${today}`,
      "",
    ].join("\n");
  return { id: own && own.family !== "bugcheck" ? own.code : slug(form.title), text };
}

/** What a step of this risk has to say besides. */
function byRisk(risk: EntryForm["risk"], say: (key: string) => string): string[] {
  if (risk === "reversible") return [`    undo: ${quoted(say("undo"))}`];
  if (risk === "disruptive") {
    return [`    warn: ${quoted(say("warn"))}`, `    no_undo: ${quoted(say("no-undo"))}`];
  }
  return [
    "    results:",
    "      - id: it-is",
    `        title: ${quoted(say("it-is"))}`,
    "        next: escalate",
    "      - id: it-is-not",
    `        title: ${quoted(say("other"))}`,
    "        next: next-cause",
  ];
}

/** A title as an id: lower case words with hyphens, 48 characters at most. */
function slug(title: string): string {
  const words = title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const id = (words ?? []).join("-").replace(/^[^a-z]+/, "");
  return id.slice(0, 48).replace(/-+$/, "") || "new-entry";
}

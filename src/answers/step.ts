import type { Block, Button, Card, Inline } from "../card.ts";
import type { Case } from "../case.ts";
import type { Entry, Step, Who } from "../knowledge/entry.ts";
import type { Role } from "../message.ts";
import { keeper } from "./kept.ts";
import type { Writer } from "./writer.ts";

const blocksOf = keeper<Block[]>();

const RANK: Record<Role | Who, number> = { user: 0, helpdesk: 1, admin: 2, developer: 2 };

/** True when a reader of this role may see the step's command. */
export function mayRun(role: Role, step: Step): boolean {
  return RANK[role] >= RANK[step.who];
}

/**
 * One step as a card of its own: what was tried so far, then the step with its result buttons. `confirmed` shows a
 * disruptive step whose warning was accepted.
 */
export function stepCard(writer: Writer, entry: Entry, at: Case, confirmed = false): Card {
  const step = at.position.at === "step" ? entry.steps[at.position.step] : undefined;
  if (!step) throw new Error(`case ${at.id} does not stand at a step of ${entry.id}`);
  const buttons = stepButtons(writer, entry, step, confirmed);
  return {
    title: writer.say("step.title", { code: at.codes[0] ?? entry.title, n: stepNumber(at) }),
    blocks: [
      ...progress(writer, entry, at),
      ...stepBlocks(writer, step, stepNumber(at), confirmed),
    ],
    buttons: [
      ...buttons,
      ...personButton(writer, entry, buttons),
      writer.button("button.resolved", "resolved", { entry: entry.id }, "quiet"),
    ],
    language: writer.language,
  };
}

/** The running number of the step a case stands at, from 1. */
function stepNumber(at: Case): number {
  return at.tried.length + 1;
}

/** The step itself: title, risk and who, warning, clicks, commands with what good looks like, and how to take it back. */
export function stepBlocks(writer: Writer, step: Step, n: number, confirmed: boolean): Block[] {
  const key = `${writer.language} ${writer.role} ${n} ${confirmed}`;
  return blocksOf(step, key, () => writeStep(writer, step, n, confirmed));
}

function writeStep(writer: Writer, step: Step, n: number, confirmed: boolean): Block[] {
  const { say } = writer;
  const head: Block[] = [
    { type: "text", inlines: [{ bold: say("step.heading", { n, title: step.title }) }] },
    {
      type: "text",
      quiet: true,
      inlines: [`${say(`risk.${step.risk}`)} · ${say(`who.${step.who}`)}`],
    },
  ];
  if (!mayRun(writer.role, step)) {
    return [...head, notice("info", [say(`step.not-yours.${step.who}`)])];
  }
  if (step.risk === "disruptive") head.push(notice("danger", warning(writer, step)));
  if (step.risk === "disruptive" && !confirmed) return [...head, text([say("step.confirm")])];
  return [...head, ...instructions(writer, step)];
}

/** The buttons that answer a step: its results, or confirm, or what a reader below the step's role can do. */
export function stepButtons(
  writer: Writer,
  entry: Entry,
  step: Step,
  confirmed: boolean,
): Button[] {
  const about = { entry: entry.id, step: step.id };
  if (!writer.keepsCase) return [];
  if (!mayRun(writer.role, step)) {
    return [
      writer.button("button.person", "person", about, "primary"),
      writer.button("button.skip", "skip", about),
      writer.button("button.reveal", "reveal", about, "quiet"),
    ];
  }
  if (step.risk === "disruptive" && !confirmed) {
    return [
      writer.button("button.confirm", "confirm", about, "danger"),
      writer.button("button.skip", "skip", about),
    ];
  }
  const results: Button[] = step.results.map((result) => ({
    label: result.title,
    style: "default",
    action: writer.action("result", { ...about, result: result.id }),
  }));
  const defaults = [
    writer.button("button.worked", "worked", about, "primary"),
    writer.button("button.failed", "failed", about),
  ];
  return [
    ...(results.length > 0 ? results : defaults),
    writer.button("button.cannot", "cannot", about),
  ];
}

/** "Ask a person", where none of the buttons beside it says so already. */
export function personButton(writer: Writer, entry: Entry, beside: readonly Button[]): Button[] {
  const isThere = beside.some((button) => "action" in button && button.action.do === "person");
  return isThere ? [] : [writer.button("button.person", "person", { entry: entry.id }, "quiet")];
}

/** One line for each step that was tried, with its result. */
export function progress(writer: Writer, entry: Entry, at: Case): Block[] {
  const lines = at.tried
    .filter((tried) => tried.entry === entry.id)
    .map((tried): Inline[] => {
      const step = entry.steps[tried.step];
      const own = step?.results.find((result) => result.id === tried.result)?.title;
      return [
        `${step?.title ?? tried.step}: `,
        { bold: own ?? writer.say(`tried.${tried.result}`) },
      ];
    });
  if (lines.length === 0) return [];
  return [{ type: "list", ordered: true, items: lines }, { type: "divider" }];
}

function instructions(writer: Writer, step: Step): Block[] {
  const { say } = writer;
  const blocks: Block[] = [];
  if (step.do.length > 0)
    blocks.push({ type: "list", ordered: step.do.length > 1, items: step.do });
  for (const run of step.run) {
    blocks.push({ type: "text", quiet: true, inlines: [say(`shell.${run.shell}`)] });
    blocks.push({ type: "code", text: run.command, shell: run.shell });
    blocks.push(text([{ bold: say("step.good") }, " ", ...run.expect]));
  }
  const places = writer.knowledge.placeholdersIn(
    step.run.map((run) => run.command).join("\n"),
    writer.language,
  );
  if (places.length > 0)
    blocks.push({ type: "text", quiet: true, inlines: places.flatMap(placeholder) });
  if (step.practice) blocks.push({ type: "text", quiet: true, inlines: step.practice });
  if (step.undo) blocks.push(text([{ bold: say("step.undo") }, " ", ...step.undo]));
  return blocks;
}

function placeholder(
  place: { name: string; meaning: string; example: string },
  i: number,
): Inline[] {
  return [i === 0 ? "" : " · ", { code: place.name }, ` = ${place.meaning} (${place.example})`];
}

function warning(writer: Writer, step: Step): Inline[] {
  const undo = step.noUndo ? [" ", ...step.noUndo] : [];
  return [...(step.warn ?? [writer.say("step.warn")]), ...undo];
}

function text(inlines: Inline[]): Block {
  return { type: "text", inlines };
}

function notice(level: "info" | "caution" | "danger", inlines: Inline[]): Block {
  return { type: "notice", level, inlines };
}

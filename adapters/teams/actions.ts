import type { Action } from "../../src/action.ts";
import type { Button, Card } from "../../src/card.ts";
import type { ActionSet, ActionStyle, CardAction, Submit } from "./adaptive.ts";
import { labelOf } from "./inert.ts";
import { TEAMS_LIMITS } from "./limits.ts";
import { isWebAddress } from "./web-address.ts";

/** `thread` goes back with every click; `submit` is for dialogs, which know no Action.Execute. */
export type ButtonForm = { thread?: string; submit?: boolean };

/**
 * A card's buttons: what is asked first, then the quiet ones in the overflow menu of the last row. A card with quiet
 * buttons only shows them.
 */
export function actionSets(buttons: Button[], form: ButtonForm): ActionSet[] {
  const kept = buttons.slice(0, TEAMS_LIMITS.buttons);
  const loud = kept.filter((button) => button.style !== "quiet");
  const quiet = kept.filter((button) => button.style === "quiet");
  const shown = loud.length > 0 ? loud : quiet;
  const hidden = loud.length > 0 ? quiet : [];
  const rows: CardAction[][] = [];
  for (let i = 0; i < shown.length; i += TEAMS_LIMITS.primaryActions) {
    const row = shown.slice(i, i + TEAMS_LIMITS.primaryActions);
    rows.push(row.flatMap((button) => cardAction(button, form)));
  }
  rows.at(-1)?.push(...hidden.flatMap((button) => cardAction(button, form, true)));
  return rows
    .filter((actions) => actions.length > 0)
    .map((actions) => ({ type: "ActionSet", actions }));
}

/** True when a card asks something that a typed answer could answer too. */
export function waitsForAnswer(card: Card): boolean {
  return card.buttons.some((button) => "action" in button && ASKS.has(button.action.do));
}

const ASKS: ReadonlySet<Action["do"]> = new Set([
  "result",
  "worked",
  "failed",
  "cannot",
  "confirm",
  "skip",
  "context",
  "choose",
  "resolved",
  "unresolved",
] as const);

/** One button as an action; none for a link that may not be opened. `secondary` puts it into the overflow menu. */
export function cardAction(button: Button, form: ButtonForm, secondary = false): CardAction[] {
  const title = labelOf(button.label);
  const style: ActionStyle | undefined = STYLES[button.style];
  const look = {
    ...(title.length > LONG_LABEL ? { tooltip: title } : {}),
    ...(secondary ? { mode: "secondary" as const } : {}),
    ...(style ? { style } : {}),
  };
  if ("url" in button) {
    return isWebAddress(button.url)
      ? [{ type: "Action.OpenUrl", title, url: button.url, ...look }]
      : [];
  }
  const data = { hexdesk: button.action, ...(form.thread ? { thread: form.thread } : {}) };
  const submit: Submit = { type: "Action.Submit", title, data, ...look };
  if (form.submit) return [submit];
  return [{ ...submit, type: "Action.Execute", verb: button.action.do, fallback: submit }];
}

/** Clients may cut longer labels; the tooltip shows them whole. */
const LONG_LABEL = 30;

const STYLES = {
  primary: "positive",
  danger: "destructive",
  default: undefined,
  quiet: undefined,
} as const;

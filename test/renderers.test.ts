import { renderSlack } from "../adapters/slack/render.ts";
import { TEAMS_LIMITS } from "../adapters/teams/limits.ts";
import { renderTeams } from "../adapters/teams/render.ts";
import { renderCard as renderWeb } from "../adapters/web/render.ts";
import { cardWords } from "../adapters/web/words.ts";
import { type Action, readAction } from "../src/action.ts";
import { type Card, toPlainText } from "../src/card.ts";
import { rendererContract } from "./contract/renderer.ts";
import { blockFaults, textsOf } from "./fakes/slack-blocks.ts";
import { knowledge } from "./fixtures/knowledge.ts";
import { adaptiveSubset } from "./teams/schema.ts";

const words = cardWords(knowledge.phrases, "en");

rendererContract({
  name: "Slack",
  render: (card) => renderSlack(card),
  faults: (rendered) => blockFaults(rendered as object),
  shown: (rendered) => unescapeXml(textsOf(rendered).join("\n")),
  actions: (rendered) => valuesOf(rendered, "value").flatMap(actionOf),
});

rendererContract({
  name: "Teams",
  render: (card) => renderTeams(card),
  faults: (rendered) => [
    ...(adaptiveSubset
      .safeParse(rendered)
      .error?.issues.map((i) => `${i.path.join("/")}: ${i.message}`) ?? []),
    ...(JSON.stringify(rendered).length > TEAMS_LIMITS.cardBytes ? ["larger than 24 KB"] : []),
  ],
  shown: (rendered) =>
    valuesOf(rendered, "text", "codeSnippet").join("\n").replaceAll("\u200B", ""),
  actions: (rendered) => valuesOf(rendered, "data").flatMap(actionOf),
});

rendererContract({
  name: "web",
  render: (card) => renderWeb(card, words),
  faults: (html) => (/<script|<img|<[^>]*\son[a-z]+=/i.test(String(html)) ? ["active markup"] : []),
  shown: (html) => unescapeXml(String(html).replace(/<[^>]*>/g, "")),
  actions: (html) =>
    [...String(html).matchAll(/data-action="([^"]*)"/g)].flatMap(([, value]) =>
      actionOf(unescapeXml(value ?? "")),
    ),
});

rendererContract({
  name: "plain text",
  render: (card) => ({ text: toPlainText(card, true), card }),
  faults: () => [],
  shown: (rendered) => (rendered as { text: string }).text,
  actions: (rendered) =>
    (rendered as { card: Card }).card.buttons.flatMap((b) => ("action" in b ? [b.action] : [])),
});

function actionOf(value: unknown): Action[] {
  const action = readAction(
    typeof value === "object" && value !== null && "hexdesk" in value ? value.hexdesk : value,
  );
  return action ? [action] : [];
}

function valuesOf(value: unknown, ...keys: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, ...keys));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(keys.includes(key) ? [inner] : []),
    ...valuesOf(inner, ...keys),
  ]);
}

function unescapeXml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

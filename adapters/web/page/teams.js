import { renderMarkdown } from "./markdown.js";
import { isDark } from "./settings.js";

/** @typedef {Record<string, any>} Json */

/** @type {Promise<Json> | undefined} */
let library;

/**
 * A card as Microsoft Teams would show it, drawn by Microsoft's own renderer; it is fetched when it is first needed.
 * @param {Json} json
 * @param {(action: unknown) => void} press
 * @returns {Promise<HTMLElement>}
 */
export async function renderTeams(json, press) {
  library ??= load();
  const cards = await library;
  const card = new cards.AdaptiveCard();
  card.hostConfig = new cards.HostConfig(hostConfig(isDark()));
  card.onExecuteAction = (/** @type {Json} */ action) => {
    if (action.url) window.open(action.url, "_blank", "noopener,noreferrer");
    else press(action.data?.hexdesk);
  };
  card.parse(json);
  const box = document.createElement("div");
  box.className = "teams-card";
  box.append(card.render());
  return box;
}

/** @returns {Promise<Json>} */
async function load() {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/playground/adaptivecards.css";
  const script = document.createElement("script");
  script.src = "/playground/adaptivecards.min.js";
  await new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.prepend(style);
    document.head.append(script);
  });
  const cards = /** @type {Json} */ (globalThis).AdaptiveCards;
  cards.AdaptiveCard.onProcessMarkdown = (
    /** @type {string} */ text,
    /** @type {Json} */ result,
  ) => {
    result.outputHtml = renderMarkdown(text);
    result.didProcess = true;
  };
  registerCodeBlock(cards);
  return cards;
}

/**
 * Teams' code block, which the public renderer does not know.
 * @param {Json} cards
 */
function registerCodeBlock(cards) {
  class CodeBlock extends cards.CardElement {
    getJsonTypeName() {
      return "CodeBlock";
    }

    /**
     * @param {Json} source
     * @param {unknown} context
     */
    internalParse(source, context) {
      super.internalParse(source, context);
      this.code = `${source.codeSnippet ?? ""}`;
    }

    internalRender() {
      const block = document.createElement("pre");
      block.className = "teams-code";
      block.textContent = this.code ?? "";
      return block;
    }
  }
  cards.GlobalRegistry.elements.register("CodeBlock", CodeBlock, cards.Versions.v1_5);
}

/** @param {boolean} dark */
function hostConfig(dark) {
  const ink = dark ? "#f5f5f5" : "#242424";
  const subtle = dark ? "#c2c2c2" : "#616161";
  const colors = {
    default: { default: ink, subtle },
    accent: { default: dark ? "#9299f7" : "#4f52b2", subtle: dark ? "#9299f7" : "#4f52b2" },
    attention: { default: dark ? "#f1989c" : "#b10e1c", subtle: dark ? "#f1989c" : "#b10e1c" },
    good: { default: dark ? "#92c353" : "#0b6a0b", subtle: dark ? "#92c353" : "#0b6a0b" },
    warning: { default: dark ? "#fbd784" : "#7a4f00", subtle: dark ? "#fbd784" : "#7a4f00" },
  };
  const paper = (/** @type {string} */ light, /** @type {string} */ night) => ({
    backgroundColor: dark ? night : light,
    foregroundColors: colors,
  });
  return {
    fontTypes: {
      default: font('"Segoe UI", "Helvetica Neue", Arial, sans-serif'),
      monospace: font('Consolas, "Cascadia Mono", "Liberation Mono", monospace'),
    },
    spacing: { small: 6, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    supportsInteractivity: true,
    textBlock: { headingLevel: 3 },
    actions: {
      maxActions: 6,
      spacing: "default",
      buttonSpacing: 8,
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      showCard: { actionMode: "inline", inlineTopMargin: 8 },
    },
    containerStyles: {
      default: paper("#ffffff", "#292929"),
      emphasis: paper("#f5f5f5", "#333333"),
      accent: paper("#ebebfa", "#2f2f4a"),
      good: paper("#e7f2da", "#2a3b1a"),
      warning: paper("#fdf1d6", "#463617"),
      attention: paper("#fbe4e6", "#4a2124"),
    },
  };
}

/** @param {string} fontFamily */
function font(fontFamily) {
  return {
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
  };
}

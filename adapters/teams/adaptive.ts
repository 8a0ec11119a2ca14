/** A run of literal text: the one text element in which Teams never reads Markdown. */
export type TextRun = {
  type: "TextRun";
  text: string;
  weight?: "Bolder";
  fontType?: "Monospace";
  isSubtle?: boolean;
  size?: "Small";
  selectAction?: OpenUrl;
};

export type OpenUrl = {
  type: "Action.OpenUrl";
  title?: string;
  url: string;
  tooltip?: string;
  mode?: "secondary";
  style?: ActionStyle;
};

export type ActionStyle = "positive" | "destructive";

/** What a button sends back; `thread` names the case's thread where the platform's address does not. */
export type ActionData = { hexdesk: unknown; thread?: string };

export type Submit = {
  type: "Action.Submit";
  title: string;
  data: ActionData;
  tooltip?: string;
  mode?: "secondary";
  style?: ActionStyle;
};

export type Execute = Omit<Submit, "type"> & {
  type: "Action.Execute";
  verb: string;
  fallback: Submit;
};

export type Toggle = { type: "Action.ToggleVisibility"; title: string; targetElements: string[] };

export type CardAction = OpenUrl | Submit | Execute | Toggle;

type Common = { separator?: true; spacing?: "None" | "Small" };

export type RichText = Common & { type: "RichTextBlock"; inlines: TextRun[] };

export type Heading = Common & {
  type: "TextBlock";
  text: string;
  wrap: true;
  style: "heading";
  weight: "Bolder";
  size: "Medium";
};

export type Container = Common & {
  type: "Container";
  items: CardElement[];
  style?: "emphasis" | "accent" | "warning" | "attention";
  id?: string;
  isVisible?: false;
};

export type CodeBlock = Common & {
  type: "CodeBlock";
  codeSnippet: string;
  language: "PowerShell" | "Dos" | "PlainText";
  fallback: Container;
};

export type ActionSet = Common & { type: "ActionSet"; actions: CardAction[] };

export type CardElement = RichText | Heading | Container | CodeBlock | ActionSet;

/** The part of Adaptive Cards 1.5 that Hexdesk emits. */
export type AdaptiveCard = {
  type: "AdaptiveCard";
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  version: "1.5";
  lang: string;
  speak: string;
  body: CardElement[];
};

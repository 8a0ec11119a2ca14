/**
 * What the manifest offers: commands of the bot (typed after a mention, or as slash commands), a search and an action of
 * the message extension. The texts that people read are in the manifest.
 */
export const COMMANDS = {
  bot: ["explain", "help"],
  search: "lookup",
  action: "explain",
} as const;

/** Text without the name of a command in front: `explain 0x80090311` asks about the code; the name alone asks nothing. */
export function withoutCommand(text: string): string {
  return text.replace(/^\/?explain(?:[\s:]+|$)/i, "");
}

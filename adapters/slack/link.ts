import type { Address } from "../../src/message.ts";

/**
 * The address of a channel's thread in a workspace, as Slack's own "Copy link" writes it. A conversation with the bot has
 * none: nobody else can read it.
 */
export function threadLink(workspace: string | undefined, address: Address): string | undefined {
  const { conversation, thread } = address;
  if (!workspace || !thread || !/^[CG]/.test(conversation) || !/^\d+\.\d+$/.test(thread)) {
    return undefined;
  }
  return `${workspace}archives/${conversation}/p${thread.replace(".", "")}`;
}

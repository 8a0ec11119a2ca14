import { describe, expect, it } from "vitest";
import { fromEvent } from "../../adapters/slack/receive.ts";
import { slackRequests } from "../fakes/slack-requests.ts";

const slack = slackRequests("", "");
const reader = {
  tenant: "T1",
  botUserId: "UBOT",
  roleOf: () => "user" as const,
  now: 1_763_700_100_000,
};
const read = (fields: object) => fromEvent(slack.envelope(slack.post(fields)), reader);
const inThread = { type: "message", channel_type: "channel", thread_ts: "1.1", ts: "2.2" };

describe("which posts become messages", () => {
  it.each([
    ["our own card", { user: "UBOT", bot_id: "BBOT", subtype: "bot_message" }],
    ["our own post as a user", { user: "UBOT" }],
    ["another bot", { bot_id: "BOTHER" }],
    ["another bot without an id", { bot_profile: { name: "x" } }],
    ["a post made by an app for a person", { app_id: "A9" }],
    ["Slackbot", { user: "USLACKBOT" }],
    ["an edited mention", { edited: { user: "U1", ts: "3.3" } }],
    [
      "an edit",
      {
        type: "message",
        subtype: "message_changed",
        message: { text: "0x80090311" },
        hidden: true,
      },
    ],
    ["an edit of our own card", { type: "message", subtype: "message_changed", user: "U1" }],
    ["a deletion", { type: "message", subtype: "message_deleted", deleted_ts: "1.1" }],
    ["somebody who joined", { type: "message", subtype: "channel_join" }],
    ["a post without an author", { user: undefined }],
    ["a reaction", { type: "reaction_added" }],
    ["a timestamp that is no text", { ts: 5 }],
  ])("drops %s", (_, fields) => {
    expect(read(fields)).toBeUndefined();
  });

  it.each([
    ["a plain post", {}],
    [
      "a post with a file",
      {
        subtype: "file_share",
        files: [
          {
            name: "log.txt",
            size: 12,
            mimetype: "text/plain",
            url_private: "https://files.slack.com/x",
          },
        ],
      },
    ],
    ["a thread post that is shown in the channel", { subtype: "thread_broadcast" }],
  ])("takes %s", (_, fields) => {
    expect(read(fields)).toMatchObject({ text: "0x80090311" });
  });

  it("passes on an unaddressed post of a channel as such", () => {
    expect(read({ type: "message", channel_type: "channel", text: "lunch?" })).toMatchObject({
      addressed: false,
      surface: "channel",
    });
  });

  it("takes a direct message as addressed, each root post a place of its own", () => {
    const dm = { type: "message", channel: "D1", channel_type: "im", text: "hello", ts: "7.7" };
    expect(read(dm)).toMatchObject({
      addressed: true,
      surface: "dm",
      address: { conversation: "D1", thread: "7.7" },
    });
    expect(read(dm)).toMatchObject({ startsThread: true });
    expect(read({ ...dm, thread_ts: "6.6" })).toMatchObject({ address: { thread: "6.6" } });
    expect(read({ ...dm, thread_ts: "6.6" })).not.toHaveProperty("startsThread");
  });

  it("knows a group conversation", () => {
    expect(read({ channel: "G1", channel_type: "mpim" })).toMatchObject({ surface: "group" });
  });

  it("stands in the thread it answers, with the time it was written", () => {
    expect(read({ ...inThread, ts: "1763700007.000200" })).toMatchObject({
      address: { platform: "slack", tenant: "T1", conversation: "C1", thread: "1.1" },
      at: 1_763_700_007_000,
    });
  });

  it("carries the other people it mentions and its files", () => {
    const files = [
      {
        name: "log.txt",
        size: 12,
        mimetype: "text/plain",
        url_private: "https://files.slack.com/x",
      },
    ];
    expect(read({ ...inThread, text: "<@U2> look", files })).toMatchObject({
      addressed: false,
      mentions: ["U2"],
      text: "look",
      files: [
        { name: "log.txt", size: 12, mimetype: "text/plain", url: "https://files.slack.com/x" },
      ],
    });
  });

  it.each([null, 5, "x", [], {}, { event: null }, { event: { type: "message" } }])(
    "makes nothing of %j",
    (body) => {
      expect(fromEvent(body, reader)).toBeUndefined();
    },
  );
});

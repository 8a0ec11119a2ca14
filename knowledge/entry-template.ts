/** What is known about the code of a new entry; absent for a problem without a code. */
export type NewCode = { value: string; family: string; symbol: string };

/** A commented entry to fill in: it loads as a draft, which is checked and never shown. */
export function entryTemplate(id: string, code: NewCode | undefined, today: string): string {
  const codes = code
    ? `codes:
  - value: "${code.value}"
    family: ${code.family}
    symbol: ${code.symbol}`
    : "codes: []";
  const asked = code ? `what is ${code.value}` : "how somebody asks for help with it";
  return `# yaml-language-server: $schema=../entry.schema.json
# Write every text in double quotes, or as a block after >- . Two marks only: **a button or label** and \`code\`.
id: "${id}"
title: "One line that says what is wrong, as a person would say it"
# draft: checked, never shown. reviewed: a second person checked the sources. field-tested: it helped somebody.
# retired: no longer used, with replaced_by: another id.
status: draft
reviewed: ${today}
# Who gets a hand-over: identity, access, certificates, update, setup, activation, stop-codes, apps, install, network,
# shares, printing, office, devices or system.
area: apps
# Every number and name of this one problem; each pair is checked against the name table.
${codes}
aliases:
  # Product words and short names.
  names: ["short name"]
  # What the screen says, or what people type, at most 20 words each.
  phrases: ["the words that the screen shows"]
# What people ask. Each must find this entry first.
questions:
  - "${asked}"
summary: "Two sentences that a person without training understands. What it means and what it mostly comes from."
# Causes, the most likely first. Begin every cause with a read-only step.
causes:
  - id: first-cause
    # common, possible or rare
    likelihood: common
    title: "The cause in one line"
    why: "Why this leads to the error."
    signs:
      - "What one sees when it is this cause."
    steps: [look-first, then-mend]
    sources: [first-source]
steps:
  look-first:
    title: "See how it is"
    # user, helpdesk, admin or developer: who can do it with their own rights
    who: user
    # read-only (only looks), reversible (needs undo:), disruptive (needs warn: and no_undo:)
    risk: read-only
    # Clicks, one a line; or commands below run:, or both.
    do:
      - "Open **Settings** and look at **About**."
    run:
      # cmd, powershell or windows-powershell (5.1 only)
      - shell: powershell
        # Always |- and the command below it, indented. Placeholders in CAPITALS from placeholders.yaml.
        command: |-
          Get-Date
        expect: "What one sees when it works."
    # What the asker may see, and what comes next: a step, verify, escalate or next-cause.
    results:
      - id: good
        title: "It looks right"
        # Texts in pasted output that mean this result, in every language of Windows.
        seen: []
        next: next-cause
      - id: bad
        title: "It looks wrong"
        next: then-mend
    sources: [first-source]
  then-mend:
    title: "Mend it"
    who: user
    risk: reversible
    do:
      - "Choose **Reset** and confirm."
    undo: "How to take it back."
    # For somebody who cannot do this step: otherwise: another-step
    sources: [first-source]
# How to know that the original problem is gone.
verify:
  - "Do what failed once more: it works."
escalate:
  when: "Nothing above helped, or you may not do it."
  attach:
    - "The exact text and the time."
# Wrong advice that one reads about it:
# myths:
#   - id: wrong-name
#     claim: "What is said."
#     correction: "What is true."
#     danger: yes
#     cues: ["words that stand near each other in such advice"]
#     sources: [first-source]
references:
  - id: first-source
    title: "Title of the page"
    url: https://learn.microsoft.com/
`;
}

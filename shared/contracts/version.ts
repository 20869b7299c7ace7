/**
 * Goes up when a contract's shape moves. `version.test.ts` fails until the fingerprint here is the new one.
 * 1 — first shapes.
 * 2 — fields and undo among the changes, what the CRM asks for, what was written, the connection's health, the doors of the API.
 * 3 — fields that are only watched, and who decided by name; an insight's needs, people, money, time, questions, promises, mood, methods,
 *     metrics and limits; what endangers a deal; the follow-up email on demand, and analysing a call again.
 * 4 — consent that expires or is taken back, who joins late, whom nobody may hear, private and destroyed calls, and how many calls were
 *     caught; calls from meetings and from the rep's own browser.
 * 5 — where calls come from, and meeting platforms that are connected with a press; voices on one track, and who is who;
 *     calls that a rep's press begins, and what rings; what a call and a month cost, and words that were badly heard;
 *     a microphone in the CRM’s own page.
 * 6 — playbooks: moments with their rules, versions, import and preview; points of the checklist and fields filled while a call runs;
 *     what to say next on demand, and a question that follows a card;
 *     what a rep does with a card and how quiet they want it, what the rules of a playbook do, and how fast a call's cards were;
 *     what a call costs by now, in the frame that tells how the talk stands;
 *     how the deal stands while the call runs, and questions to the call;
 *     a live window beside the call, and moments that a rep flags;
 *     less of a kind of card, undo, history, ticks by hand, when a polled card was painted, and a rep’s own figures;
 *     introductions along a warm path, and what people tell us of whom they know;
 *     who of a team may help on a live call, what its rep is told of them, the line they type, and how calls keep to playbooks;
 *     the brief before a call, and a meeting that begins soon;
 *     one memory of a customer, search over what was said, a list of calls, and questions in words.
 */
export const CONTRACTS_VERSION = 6;

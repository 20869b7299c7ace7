/**
 * Goes up when a contract's shape moves. `version.test.ts` fails until the fingerprint here is the new one.
 * 1 — first shapes.
 * 2 — fields and undo among the changes, what the CRM asks for, what was written, the connection's health, the doors of the API.
 * 3 — fields that are only watched, and who decided by name; an insight's needs, people, money, time, questions, promises, mood, methods,
 *     metrics and limits; what endangers a deal; the follow-up email on demand, and analysing a call again.
 * 4 — consent that expires or is taken back, who joins late, whom nobody may hear, private and destroyed calls, and how many calls were
 *     caught; calls from meetings and from the rep's own browser.
 */
export const CONTRACTS_VERSION = 4;

import type { Trigger } from './folder.ts';
import type { Emitted } from './speech.ts';

/** Something a screen was told, and when. */
export interface Seen {
  at: number;
  types: readonly string[];
}

/** How long after its cue something still counts as its answer. */
const ANSWER_MS = 6_000;
const EDGE_MS = 50;

export interface Told {
  /** Wall time of the call's first audio. */
  beganAt: number;
  durationMs: number;
  triggers: readonly Trigger[];
  emitted: readonly Emitted[];
  moments: readonly Seen[];
  cards: readonly Seen[];
}

/** Which triggers were noticed, which brought a card, how fast, and which cards nobody had asked for. */
export function scoreReplay({ beganAt, durationMs, triggers, emitted, moments, cards }: Told) {
  const fired = new Set<Seen>();
  const used = new Set<Seen>();
  const each = triggers.map((trigger) => {
    const endAt = beganAt + trigger.cue_end * 1_000;
    const startAt = beganAt + trigger.cue_start * 1_000;
    const answers = (one: Seen, taken: ReadonlySet<Seen>) =>
      !taken.has(one) && one.at >= startAt && one.at <= endAt + ANSWER_MS && one.types.some((type) => trigger.types.includes(type));
    const card = cards.find((one) => answers(one, used));
    // A card is a moment, too, where only cards are told.
    const moment = moments.find((one) => answers(one, fired)) ?? card;
    if (moment) fired.add(moment);
    if (card) used.add(card);
    const about = emitted.filter(
      ({ ch, startsMs }) =>
        ch === trigger.ch && startsMs.some((ms) => ms >= trigger.cue_start * 1_000 - EDGE_MS && ms <= trigger.cue_end * 1_000),
    );
    const whole = about.find(({ toMs }) => toMs >= trigger.cue_end * 1_000 - EDGE_MS);
    // A card may come on the first words of its cue: then it answers the message that brought those.
    const heard = card && whole && whole.at > card.at ? about.findLast(({ at }) => at <= card.at) : whole;
    return {
      id: trigger.id,
      fired: moment !== undefined,
      shown: card !== undefined,
      firedMs: moment ? moment.at - endAt : null,
      asrToCardMs: card && heard ? card.at - heard.at : null,
      speechToCardMs: card ? card.at - endAt : null,
    };
  });
  const stray = cards.filter((one) => !used.has(one)).length;
  const figures = {
    triggers: triggers.length,
    fired: each.filter((one) => one.fired).length,
    shown: each.filter((one) => one.shown).length,
    asrToCardMs: spread(each.map((one) => one.asrToCardMs)),
    speechToCardMs: spread(each.map((one) => one.speechToCardMs)),
    cards: cards.length,
    strayPerHour: round((stray * 3_600_000) / Math.max(1, durationMs)),
  };
  return { figures, each };
}

function spread(values: readonly (number | null)[]): { p50: number; p95: number } {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

const round = (value: number): number => Math.round(value * 10) / 10;

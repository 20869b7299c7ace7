import type { GuidanceDown } from '../../../shared/contracts/guidance.ts';
import { addPast, type Hello, keyOf, noteHeard, nothingShown, type Shown, writeLine } from './shown.ts';

/** One frame of the call's. What came before is left out: every frame may come twice. */
export function fold(shown: Shown, frame: GuidanceDown): Shown {
  switch (frame.type) {
    case 'hello':
      return greet(shown, frame);
    // What is not numbered marks or measures what is shown already.
    case 'moment':
      return { ...shown, heard: noteHeard(shown.heard, keyOf({ role: frame.evid.role, turn: frame.turn }), frame.evid.quote) };
    case 'stat': {
      const { talkShareRep: shareRep, monologueMs, wordsPerMinute } = frame;
      const talk = { shareRep, monologueMs, wordsPerMinute };
      return { ...shown, talk, spend: frame.spend ?? shown.spend, unguided: frame.unguided ?? null };
    }
    case 'whisper': {
      const { id, from, text, atMs } = frame;
      return { ...shown, help: { ...shown.help, whisper: { id, from, text, atMs } } };
    }
    case 'whisper-gone':
      return shown.help.whisper?.id === frame.id ? { ...shown, help: { ...shown.help, whisper: null } } : shown;
    case 'watched':
      return { ...shown, help: { ...shown.help, watchedBy: frame.by } };
    case 'health':
      return { ...shown, hearing: frame.speech };
    default:
      return 'seq' in frame && frame.seq > shown.seq ? follow({ ...shown, seq: frame.seq }, frame) : shown;
  }
}

function follow(shown: Shown, frame: GuidanceDown): Shown {
  switch (frame.type) {
    case 'consent':
      return frame.consent === 'refused' ? forget({ ...shown, consent: 'refused' }) : { ...shown, consent: frame.consent };
    case 'line':
      return { ...shown, lines: writeLine(shown.lines, frame.line) };
    case 'card':
      return showCard(shown, frame.card);
    case 'retract':
      return retract(shown, frame.cardId, frame.because ?? 'words');
    case 'quiet':
      return { ...shown, quiet: frame.quiet };
    case 'past':
      return { ...shown, past: frame.past };
    case 'step': {
      const { points } = shown.checklist;
      const at = points.findIndex(({ id }) => id === frame.step.id);
      return { ...shown, checklist: { ...shown.checklist, points: at < 0 ? [...points, frame.step] : points.with(at, frame.step) } };
    }
    case 'fill': {
      const others = shown.checklist.fills.filter(({ id }) => id !== frame.fill.id);
      return { ...shown, checklist: { ...shown.checklist, fills: [...others, frame.fill] } };
    }
    case 'gates':
      return { ...shown, gates: frame.gates };
    case 'mark':
      return { ...shown, marks: [...shown.marks.filter(({ id }) => id !== frame.mark.id), frame.mark] };
    case 'ended':
      return { ...shown, isOver: true, card: null };
    default:
      return shown;
  }
}

function showCard(shown: Shown, card: NonNullable<Shown['card']>): Shown {
  const { why } = card;
  const heard = why.turn === undefined ? shown.heard : noteHeard(shown.heard, keyOf({ role: why.role, turn: why.turn }), why.quote);
  if (shown.settled.includes(card.id)) return { ...shown, heard };
  const before = shown.card && shown.card.id !== card.id ? addPast(shown.past, shown.card, pastState(shown.card)) : shown.past;
  return { ...shown, heard, card, past: before.filter((one) => one.card.id !== card.id) };
}

const pastState = ({ pinned }: NonNullable<Shown['card']>) => (pinned ? 'pinned' : 'replaced');

/** Words that were heard wrong leave nothing behind; everything else was a card. */
function retract(shown: Shown, cardId: string, because: 'words' | 'time' | 'rep'): Shown {
  const settled = shown.settled.filter((id) => id !== cardId);
  if (shown.card?.id !== cardId) return { ...shown, settled };
  return { ...shown, settled, card: null, past: because === 'words' ? shown.past : addPast(shown.past, shown.card, 'collapsed') };
}

/** Nothing that was said before a no stays on the screen. */
const forget = (shown: Shown): Shown => {
  const { lines, heard, card, past, marks, checklist, gates, talk, help } = nothingShown;
  const points = shown.checklist.points.map(({ evid: _, ...point }) => ({ ...point, done: false }));
  return {
    ...shown,
    lines,
    heard,
    card,
    past,
    marks,
    gates,
    talk,
    help: { ...help, watchedBy: shown.help.watchedBy },
    checklist: { ...checklist, points },
  };
};

/** All as it stands now. Lines that we have and the call does not tell any more are ours to keep. */
function greet(shown: Shown, hello: Hello): Shown {
  const { seq, consent, card, customerName, lines, past, checklist, marks, talkShareRep } = hello;
  const was = consent === 'refused' ? forget(shown) : shown;
  const next: Shown = {
    ...was,
    seq,
    consent,
    card: null,
    customerName: customerName ?? was.customerName,
    lines: (lines ?? []).reduce(writeLine, was.lines),
    past: past ?? was.past,
    marks: marks ?? [],
    checklist: checklist ?? was.checklist,
    gates: hello.gates ?? was.gates,
    talk: { ...was.talk, shareRep: talkShareRep ?? was.talk.shareRep },
    help: hello.help ?? nothingShown.help,
    spend: hello.spend ?? was.spend,
    unguided: hello.unguided ?? null,
    hearing: hello.hearing ?? was.hearing,
    quiet: hello.quiet ?? was.quiet,
    isOver: hello.ended ?? false,
    settled: [],
  };
  return card && !next.isOver ? showCard(next, card) : next;
}

import type { GeneratedView } from '../../shared/contracts/generate.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { type CallWords, hearTurns, nothingHeard } from '../../shared/guide/deal/deal-heard.ts';
import { gatesOf } from '../../shared/guide/deal/gates-of.ts';
import { notSent, nowOf } from '../../shared/guide/second-tier/prompt.ts';
import { replay } from '../../shared/guide/second-tier/replay.ts';
import { step } from '../../shared/guide/step.ts';
import type { LiveModel } from '../ports/model.ts';
import { askLive, type Brief } from './ask-live.ts';
import type { LiveDeal } from './deal-now.ts';
import { PATIENCE_MS } from './second-tier.ts';
import { type TokenBudget, TokenPurse } from './token-purse.ts';

export interface GenerateDeps {
  plays: CompiledPlays;
  /** Undefined without a key. */
  model: LiveModel | undefined;
  budget: TokenBudget;
  brief: Brief;
  fence: string;
  now(): number;
  /** What the deal was before these words; its gates are read with them. */
  deal: LiveDeal;
  words: CallWords;
}

/** What to say after these turns: as the rules would have guided the call, put better by the model where there is one. */
export async function generate(deps: GenerateDeps, id: string, said: readonly Utterance[]): Promise<GeneratedView> {
  const { plays, model, budget, brief, fence, now, deal, words } = deps;
  let session = replay(id, said, plays);
  const heard = hearTurns(nothingHeard(), words, said, 0);
  const gates = gatesOf(deal.known, heard, deal.risksOf(heard.claims));
  const byRules: GeneratedView = { card: session.card, by: 'rules', gates };
  if (!model) return byRules;

  const purse = new TokenPurse(budget);
  let view = byRules;
  const asked = {
    plays: plays.byId,
    brief,
    fence,
    done: said,
    open: [],
    sent: notSent(),
    now: nowOf({ seconds: session.nowMs / 1_000, card: session.card?.headline ?? null, shown: [] }),
    id: `${id}.second.asked`,
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  await askLive({ model, purse, now }, asked, (advice) => {
    if (!advice) {
      view = byRules;
      return;
    }
    [session] = step(session, { type: 'advice', advice, atMs: session.nowMs }, plays);
    // The rules' own card in their words; or the model's, which nobody else's has to wait for here.
    const isSame = session.card !== null && session.card.playId === advice.playId;
    view = { card: isSame ? session.card : advice.card, by: 'model', gates };
  });
  await purse.close();
  return view;
}

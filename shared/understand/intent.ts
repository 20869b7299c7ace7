import type { Intent } from '../contracts/insight.ts';
import type { Said } from './said.ts';

/** What most of the call does. */
export function intentOf(said: readonly Said[], counts: { objections: number; commits: number; brushoffs: number }): Intent {
  const rep = said.filter((one) => one.utterance.role === 'rep');
  const customers = new Set(said.filter((one) => one.utterance.role !== 'rep').map((one) => one.utterance.seq)).size;
  const hits = (list: readonly Said[], re: RegExp): number => list.filter((one) => re.test(one.lean)).length;

  const renewal = hits(said, RENEWAL);
  const demo = hits(rep, DEMO);
  const close = hits(said, CLOSE) + counts.commits * 0.7;
  const discovery = rep.filter((one) => one.isQuestion && OPEN.test(one.lean)).length;
  const objection = counts.objections + counts.brushoffs;

  if (renewal >= 2 || (renewal >= 1 && said.length < 12)) return 'renewal';
  // "Most of the call" is more than half of what the customer says.
  if (objection >= 2 && objection / Math.max(1, customers) > 0.5 && objection >= demo) return 'objection';
  const scores: [Intent, number][] = [
    ['demo', demo * 1.4],
    ['close', close],
    ['discovery', discovery * 1.2 + 1],
    ['objection', objection * 0.5],
  ];
  return scores.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

const RENEWAL =
  /\b(?:renew\w*|your (?:contract|subscription|plan|agreement) (?:is up|expires|ends|comes up|runs out)|up for renewal|cancell?ed your|you cancell?ed|(?:six|three|twelve|\d+) month (?:mark|review|check)|since you (?:started|joined|signed|came on board|became)|business review|qbr|been (?:a customer|with us|using us)|one year (?:mark|in)|existing customer|as a (?:current|existing|loyal) customer|win you back)\b/;
const DEMO =
  /\b(?:shar(?:e|ing) my screen|see my screen|as you can see|you can see (?:here|that|the|how|on)|here you (?:can )?see|let me (?:show|walk|pull|demonstrate|jump|click|switch)|(?:i will|going to|want to) (?:show|walk) you|walk you through|on (?:the|this|my) screen|this is (?:the|our|where|what|how)(?: [a-z]+)? (?:dashboard|view|page|screen|you)|if (?:i|you) click|click(?:ing)? on|drag and drop|(?:the|our) demo|dashboard|over here|this (?:button|tab|page|view|screen|report))\b/;
const CLOSE =
  /\b(?:sign (?:the|it|off|up|on|by|today)|signature|signed|contract|agreement|order form|purchase order|paperwork|start date|kick ?off|go live|move forward|go ahead|get started|final (?:price|terms|offer)|payment (?:terms|details|method)|credit card|invoice|docusign|close (?:this|the deal)|welcome aboard|statement of work|legal review|procurement|redlines?)\b/;
const OPEN =
  /\b(?:what|how|who|why|when|where|which|tell me|walk me|describe|are you (?:currently|using|looking)|do you (?:currently|have|use|currently use|find|feel)|have you|could you (?:tell|share|describe))\b/;

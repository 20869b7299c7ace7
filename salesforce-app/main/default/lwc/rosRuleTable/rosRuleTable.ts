import type { RuleMetrics } from 'c/rosContracts';
import { isThin, sayDelay, sayShare } from 'c/rosContracts';
import { guideWords } from 'c/rosGuideWords';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

const FIRST = 10;

/** What became of each rule's cards. Where they are few, it says so instead of giving shares. */
export default class RosRuleTable extends LightningElement {
  words = guideWords;
  used = words.used;
  whole = false;
  @api rules: RuleMetrics[] = [];

  get rows() {
    return (this.whole ? this.rules : this.rules.slice(0, FIRST)).map((rule) => ({
      id: rule.ruleId,
      name: rule.asideSince === null ? rule.name : fill(guideWords.ruleAside, rule.name),
      shown: isThin(rule) ? fill(guideWords.ruleFew, rule.shown) : String(rule.shown),
      used: sayShare(rule.used, rule),
      dismissed: sayShare(rule.dismissed, rule),
      actedOn: sayShare(rule.actedOn, rule),
      toScreen: sayDelay(rule.speechToScreenMs?.p50),
    }));
  }

  get isFolded(): boolean {
    return !this.whole && this.rules.length > FIRST;
  }

  get allWords(): string {
    return fill(guideWords.rulesAll, this.rules.length);
  }

  get isAnyThin(): boolean {
    return this.rules.some(isThin);
  }

  handleAll(): void {
    this.whole = true;
  }
}

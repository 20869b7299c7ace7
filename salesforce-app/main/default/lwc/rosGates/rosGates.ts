import gateMet from '@salesforce/label/c.ROS_Gate_Met';
import gateNew from '@salesforce/label/c.ROS_Gate_New';
import gateOpen from '@salesforce/label/c.ROS_Gate_Open';
import gateQuote from '@salesforce/label/c.ROS_Gate_Quote';
import gateRisk from '@salesforce/label/c.ROS_Gate_Risk';
import deal from '@salesforce/label/c.ROS_Gates_Deal';
import title from '@salesforce/label/c.ROS_Gates_Title';
import type { DealGates, LiveGate } from 'c/rosContracts';
import { clock } from 'c/rosEdge';
import { fill } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

interface Line {
  id: string;
  name: string;
  detail: string;
}

/** How the deal stands: what is not known yet in one calm line while no card is shown, and folded, what its stage needs and endangers it. */
export default class RosGates extends LightningElement {
  @api gates: DealGates | undefined;
  @api isCardShown = false;

  get isHere(): boolean {
    return this.lines.length > 0;
  }

  get next(): string {
    return this.isCardShown ? '' : (this.gates?.next?.line ?? '');
  }

  get heading(): string {
    const gates = this.gates?.gates ?? [];
    return fill(title, this.gates?.stage ?? deal, gates.filter(({ state }) => state !== 'open').length, gates.length);
  }

  get lines(): Line[] {
    const gates = (this.gates?.gates ?? []).map((one) => ({
      id: one.id,
      name: fill(STATES[one.state], one.name),
      detail: one.ask ?? quoted(one),
    }));
    const risks = (this.gates?.risks ?? []).map((one) => ({ id: one.code, name: fill(gateRisk, one.text), detail: quoted(one) }));
    return [...gates, ...risks];
  }
}

const quoted = ({ quote, atMs }: Pick<LiveGate, 'quote' | 'atMs'>): string => (quote ? fill(gateQuote, quote, clock(atMs ?? 0)) : '');

const STATES: Record<LiveGate['state'], string> = { open: gateOpen, met: gateMet, 'newly-met': gateNew };

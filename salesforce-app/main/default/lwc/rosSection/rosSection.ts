import { api, LightningElement } from 'lwc';

/** One part of the settings, under its heading. */
export default class RosSection extends LightningElement {
  @api heading = '';
}

import RosConversation from 'c/rosConversation';
import RosLiveUtility from 'c/rosLiveUtility';
import RosNextAction from 'c/rosNextAction';
import RosPeople from 'c/rosPeople';
import RosSetup from 'c/rosSetup';
import LightningIcon from 'lightning/icon';
import { createElement } from 'lwc';

/** Puts the shipped components where the record page's template has them. */
export function mount(): void {
  if (document.getElementById('setup')) place('setup', createElement('c-ros-setup', { is: RosSetup }));
  else placeOnRecord();
  openLive();
}

function placeOnRecord(): void {
  const record = { recordId: document.body.dataset.record ?? '', objectApiName: 'Opportunity' };
  place('next', Object.assign(createElement('c-ros-next-action', { is: RosNextAction }), record));
  place('panel-conversation', Object.assign(createElement('c-ros-conversation', { is: RosConversation }), record));
  place('panel-people', Object.assign(createElement('c-ros-people', { is: RosPeople }), record));
  place('record-icon', Object.assign(createElement('lightning-icon', { is: LightningIcon }), { iconName: 'standard:opportunity' }));
}

function openLive(): void {
  const button = document.getElementById('live');
  const panel = document.getElementById('live-panel');
  button?.addEventListener('click', () => {
    if (!panel) return;
    const open = panel.hasAttribute('hidden');
    panel.toggleAttribute('hidden', !open);
    button.setAttribute('aria-expanded', String(open));
    // A closed panel holds no component, so it asks for nothing.
    if (open) panel.append(createElement('c-ros-live-utility', { is: RosLiveUtility }));
    else panel.replaceChildren();
  });
}

function place(id: string, element: Element): void {
  document.getElementById(id)?.append(element);
}

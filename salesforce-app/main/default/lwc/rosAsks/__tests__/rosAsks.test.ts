import RosAsks from 'c/rosAsks';
import { clear, find, settle, show } from '../../../../../test/stage';

const asks = [
  { field: 'Why__c', label: 'Why they buy', type: 'text' },
  { field: 'Seats__c', label: 'Seats', type: 'number' },
  { field: 'Until__c', label: 'Needed by', type: 'date' },
  { field: 'Plan__c', label: 'Plan', type: 'choice', options: [{ value: 'p_2', label: 'Team' }] },
];
const open = async () => {
  const element = show('c-ros-asks', RosAsks, { asks });
  const given = jest.fn();
  element.addEventListener('given', given);
  await settle();
  return { element, given, fields: [...element.shadowRoot.querySelectorAll('.field')] };
};

describe('c-ros-asks', () => {
  afterEach(clear);

  test('has a required field with its label for each question', async () => {
    const { element, fields } = await open();
    expect(fields.map(({ name, label, type, required }) => [name, label, type, required])).toEqual([
      ['Why__c', 'Why they buy', 'text', true],
      ['Seats__c', 'Seats', 'number', true],
      ['Until__c', 'Needed by', 'date', true],
      ['Plan__c', 'Plan', undefined, true],
    ]);
    expect(find(element, 'lightning-combobox').options).toEqual([{ value: 'p_2', label: 'Team' }]);
    await expect(element).toBeAccessible();
  });

  test('keeps what was given by field, and tells', async () => {
    const { element, given, fields } = await open();
    fields[0].dispatchEvent(new CustomEvent('change', { detail: { value: 'Rollout' } }));
    fields[3].dispatchEvent(new CustomEvent('change', { detail: { value: 'p_2' } }));
    expect(element.values).toEqual({ Why__c: 'Rollout', Plan__c: 'p_2' });
    expect(given).toHaveBeenCalledTimes(2);
    element.asks = asks.slice(1);
    expect(element.values).toEqual({ Plan__c: 'p_2' });
  });

  test('lets every field say what is missing, not only the first', async () => {
    const { element, fields } = await open();
    const asked: string[] = [];
    for (const field of fields) field.reportValidity = () => asked.push(field.name) > 2;
    expect(element.check()).toBe(false);
    expect(asked).toEqual(['Why__c', 'Seats__c', 'Until__c', 'Plan__c']);
  });
});

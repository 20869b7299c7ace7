import call from '@salesforce/apex/RosEdge.call';
import { nextView } from 'c/rosContracts';
import { anything, callEdge, clock, objectOf, orNull, pollAfter } from 'c/rosEdge';
import { no, yes } from '../../../../../test/samples';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const clear = { state: 'clear', line: 'All clear.' };

describe('c/rosEdge', () => {
  test('hands the request to Apex and gives the checked value', async () => {
    apex.mockResolvedValueOnce(yes(clear));
    expect(await callEdge('POST', '/v1/x', nextView, { a: 1 })).toEqual({ ok: true, value: clear });
    expect(apex).toHaveBeenLastCalledWith({ verb: 'POST', path: '/v1/x', body: '{"a":1}' });
  });

  test('passes a refusal on in its own words', async () => {
    apex.mockResolvedValueOnce(no('plan-limit'));
    expect(await callEdge('GET', '/v1/x', nextView)).toEqual({
      ok: false,
      code: 'plan-limit',
      what: 'What happened.',
      todo: 'What to do.',
    });
  });

  test.each([['<html>'], [yes({ state: 'unheard of' })], ['{"ok":false,"code":"nonsense"}'], ['null']])(
    'takes %s for unreadable',
    async (said) => {
      apex.mockResolvedValueOnce(said);
      expect(await callEdge('GET', '/v1/x', nextView)).toMatchObject({ ok: false, code: 'trouble' });
    },
  );

  test("shows Apex's plain words when it throws", async () => {
    apex.mockRejectedValueOnce({ body: { message: 'Relationship OS cannot be reached right now.' } });
    expect(await callEdge('GET', '/v1/x', nextView)).toMatchObject({
      ok: false,
      code: 'trouble',
      what: 'Relationship OS cannot be reached right now.',
    });
  });

  test('takes null where nothing may be there yet', async () => {
    apex.mockResolvedValueOnce(yes(null));
    expect(await callEdge('GET', '/v1/x', orNull(nextView))).toEqual({ ok: true, value: null });
    apex.mockResolvedValueOnce(yes({ any: 'thing' }));
    expect(await callEdge('GET', '/v1/x', anything)).toEqual({ ok: true, value: { any: 'thing' } });
  });

  test('knows the four objects and the clock, and never polls faster than four seconds', () => {
    expect(['Opportunity', 'Account', 'Contact', 'Lead', 'Case'].map(objectOf)).toEqual(['deal', 'company', 'contact', 'lead', null]);
    expect([clock(0), clock(61_500), clock(754_000)]).toEqual(['0:00', '1:01', '12:34']);
    expect([pollAfter(0), pollAfter(9000)]).toEqual([4000, 9000]);
  });
});

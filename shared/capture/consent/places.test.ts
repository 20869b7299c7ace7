import { expect, test } from 'vitest';
import { placeOfAreaCode } from './area-codes.ts';
import { placeOf, ruleForCall, ruleOf, stricter } from './places.ts';

test('a number is placed by where it was issued, or not at all', () => {
  expect(
    ['+14155550142', '+12125550142', '+14165550142', '+15145550142', '+493012345678', '+442071234567', '+35312345678', '+61212345678'].map(
      placeOf,
    ),
  ).toEqual(['US-CA', 'US-NY', 'CA-ON', 'CA-QC', 'DE', 'GB', 'IE', 'AU']);
  expect([null, '', 'anonymous', '+18005550142', '+18765550142', '+919812345678', '415 555 0142'].map(placeOf)).toEqual(
    Array(7).fill(null),
  );
});

test('each area code belongs to one place', () => {
  expect([...placeOfAreaCode.keys()].filter((code) => !/^[2-9][0-8]\d$/.test(code))).toEqual([]);
  // 50 states and the District, ten provinces' and territories' rows.
  expect(new Set(placeOfAreaCode.values()).size).toBe(61);
});

test('the states with an all-party statute, those that are unclear, and Europe want everybody’s yes', () => {
  const states = 'CA CT DE FL IL MD MA MT NV NH PA WA MI OR VT'.split(' ').map((state) => `US-${state}`);
  for (const place of [...states, 'DE', 'FR', 'GB', 'CH', 'NO', 'CA-QC', 'JP', null])
    expect([place, ruleOf(place)]).toEqual([place, 'all-yes']);
  expect(['US-NY', 'US-TX', 'CA-ON', 'AU'].map(ruleOf)).toEqual(['one-party', 'one-party', 'all-told', 'all-told']);
});

test('the strictest of all places, and of what the tenant asks for, is the call’s', () => {
  const newYork = ['+12125550142'];
  expect(ruleForCall({ repPlace: 'US-TX', numbers: newYork, atLeast: null })).toBe('one-party');
  expect(ruleForCall({ repPlace: 'US-TX', numbers: ['+14155550142'], atLeast: null })).toBe('all-yes');
  expect(ruleForCall({ repPlace: 'US-CA', numbers: newYork, atLeast: null })).toBe('all-yes');
  expect(ruleForCall({ repPlace: 'CA-ON', numbers: newYork, atLeast: null })).toBe('all-told');
  expect(ruleForCall({ repPlace: 'US-TX', numbers: newYork, atLeast: 'all-yes' })).toBe('all-yes');
});

test('whoever cannot be placed gets the strictest rule: a withheld number, nobody’s number, an office nobody has named', () => {
  expect(ruleForCall({ repPlace: 'US-TX', numbers: [null], atLeast: null })).toBe('all-yes');
  expect(ruleForCall({ repPlace: 'US-TX', numbers: [], atLeast: null })).toBe('all-yes');
  expect(ruleForCall({ repPlace: null, numbers: ['+12125550142'], atLeast: 'one-party' })).toBe('all-yes');
});

test('stricter is never less strict than either', () => {
  expect([stricter('one-party', 'all-told'), stricter('all-yes', 'one-party'), stricter('all-told', 'all-told')]).toEqual([
    'all-told',
    'all-yes',
    'all-told',
  ]);
});

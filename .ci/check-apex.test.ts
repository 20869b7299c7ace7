import { expect, test } from 'vitest';
import { checkApex } from './check-apex.ts';
import { readPackage } from './check-salesforce-refs.ts';

const meta = (kind: string) => `<${kind} xmlns="x"><apiVersion>67.0</apiVersion><status>Active</status></${kind}>`;
/** A class `A` with a test, beside whatever else is given; `inside` is the body of a method. */
const classA = (text: string, more: Record<string, string> = {}) => {
  const own = { 'classes/A.cls': text, 'classes/T.cls': '@IsTest private class T { @IsTest static void t() { new A(); } }', ...more };
  const metas = Object.keys(own)
    .filter((path) => /\.(cls|trigger)$/.test(path))
    .map((path) => [`${path}-meta.xml`, meta(path.endsWith('.cls') ? 'ApexClass' : 'ApexTrigger')]);
  return checkApex(new Map(Object.entries({ ...Object.fromEntries(metas), ...own })), '67.0');
};
const inside = (body: string, more: Record<string, string> = {}) =>
  classA(`public with sharing class A {\n  public static void a() {\n    ${body}\n  }\n}`, more);

test('the package as it stands has nothing wrong', () => {
  const { files, project } = readPackage();
  expect([...files.keys()].filter((path) => path.endsWith('.trigger'))).toHaveLength(4);
  expect(checkApex(files, project.apiVersion)).toEqual([]);
});

test('finds what does not parse, in classes and in triggers', () => {
  expect(classA('public with sharing class A { Integer one = 1 }')).toEqual(["classes/A.cls:1:47 missing ';' at '}'"]);
  expect(inside("String a = 'x\\q';").length).toBeGreaterThan(0);
  expect(inside('A.a();', { 'triggers/B.trigger': 'trigger B on Lead(after insert) { A.a() }' })).toEqual([
    "triggers/B.trigger:1:41 missing ';' at '}'",
  ]);
});

test('finds another name, metadata that is missing, alone or of another version', () => {
  expect(classA('public with sharing class A {}', { 'classes/B.cls-meta.xml': '', 'classes/A.cls-meta.xml': '<ApexClass />' })).toEqual([
    'classes/B.cls-meta.xml: there is no such source',
    'classes/A.cls-meta.xml: lacks <apiVersion>67.0</apiVersion>',
    'classes/A.cls-meta.xml: lacks <status>Active</status>',
  ]);
  expect(checkApex(new Map([['classes/T.cls', '@IsTest class U {}']]), '67.0')).toEqual([
    'classes/T.cls: -meta.xml is missing',
    'classes/T.cls: is called U inside',
  ]);
});

test('finds a class that does not say whose rights it works under', () => {
  expect(classA('public class A {}')).toEqual(['classes/A.cls: does not say with sharing']);
  expect(classA('public without sharing class A {}')).toEqual(['classes/A.cls: does not say with sharing']);
  expect(classA('public inherited sharing class A {}')).toEqual([]);
});

test('finds queries and writes that are not in user mode, and log lines', () => {
  expect(inside('List<Lead> a = [SELECT Id FROM Lead]; insert a; Database.insert(a); System.debug(a);')).toEqual([
    'classes/A.cls:3 soql does not run in user mode',
    'classes/A.cls:3 insert does not run in user mode',
    'classes/A.cls:3 Database.insert is written as a statement in user mode',
    'classes/A.cls:3 System.debug may show what was said',
  ]);
  expect(inside('List<Lead> a = [SELECT Id FROM Lead WITH USER_MODE]; update as user a;')).toEqual([]);
});

test('finds queries and writes in loops, and knows the query that a loop goes through', () => {
  const query = '[SELECT Id FROM Lead WITH USER_MODE]';
  expect(inside(`for (Lead one : ${query}) { update as user one; }`)).toEqual(['classes/A.cls:3 update in a loop']);
  expect(inside(`while (true) { if (true) { List<Lead> a = ${query}; } }`)).toEqual(['classes/A.cls:3 soql in a loop']);
  expect(inside(`do { } while (${query}.isEmpty());`)).toEqual(['classes/A.cls:3 soql in a loop']);
  expect(inside(`for (Integer i = 0; i < 2; i++) delete as user ${query};`)).toEqual([
    'classes/A.cls:3 delete in a loop',
    'classes/A.cls:3 soql in a loop',
  ]);
  expect(inside(`for (Lead one : ${query}) { }`)).toEqual([]);
});

test('finds a trigger that does more than call a class of ours', () => {
  const trigger = (body: string) => inside('return;', { 'triggers/B.trigger': `trigger B on Lead(after insert) { ${body} }` });
  expect(trigger('A.a();')).toEqual([]);
  for (const body of ['A.a(); A.a();', 'if (true) { A.a(); }', 'C.a();'])
    expect(trigger(body), body).toEqual(['triggers/B.trigger: is more than one call of a class of ours']);
});

test('finds members, objects and fields of ours that do not exist, and a class in no test', () => {
  const objects = { 'objects/Mine__c/Mine__c.object-meta.xml': '', 'objects/Mine__c/fields/Off__c.field-meta.xml': '' };
  expect(inside('A.a(); A.gone(); Boolean x = Mine__c.getInstance().Off__c; Object y = Lost__c.getInstance().On__c;', objects)).toEqual([
    'classes/A.cls:3 A has no gone',
    'classes/A.cls:3 Lost__c is not in the package',
    'classes/A.cls:3 On__c is not in the package',
  ]);
  const lone = { 'classes/B.cls': 'public with sharing class B {}' };
  expect(inside('return;', lone)).toEqual(['classes/B.cls: is in no test']);
});

import { expect, test } from 'vitest';
import { checkSalesforceRefs, readPackage } from './check-salesforce-refs.ts';

const check = (files: Record<string, string>, scripts: string[] = []) =>
  checkSalesforceRefs(new Map(Object.entries(files)), { apiVersion: '67.0', scripts });

test('the package as it stands points at nothing that is missing', () => {
  const { files, project } = readPackage();
  expect(files.size).toBeGreaterThan(50);
  expect(checkSalesforceRefs(files, project)).toEqual([]);
});

test('finds an Apex method that is not served to components', () => {
  const component = { 'lwc/a/a.ts': "import call from '@salesforce/apex/Gate.call';" };
  expect(check({ ...component, 'classes/Gate.cls': 'public static String call(String a) {' })).toEqual([
    'lwc/a/a.ts: Gate.call is not an @AuraEnabled static method',
  ]);
  expect(check({ ...component, 'classes/Gate.cls': '@AuraEnabled\n    public static String call(String a) {' })).toEqual([]);
});

test('finds a label that is missing, and one that nobody uses', () => {
  expect(
    check({
      'lwc/a/a.ts': "import A from '@salesforce/label/c.ROS_A';",
      'labels/CustomLabels.labels-meta.xml': '<fullName>ROS_B</fullName>',
    }),
  ).toEqual(['lwc/a/a.ts: label ROS_A is missing', 'labels: ROS_B is used nowhere']);
});

test('finds a component that a template, a module or a page names in vain', () => {
  expect(
    check({
      'lwc/a/a.html': '<c-ros-gone></c-ros-gone>',
      'lwc/a/a.ts': "import { x } from 'c/rosLost';",
      'flexipages/p.flexipage-meta.xml': '<componentName>rosAway</componentName>',
    }),
  ).toEqual([
    'lwc/a/a.ts: component rosLost is missing',
    'lwc/a/a.html: component rosGone is missing',
    'flexipages/p.flexipage-meta.xml: component rosAway is missing',
  ]);
});

test('finds what a permission set grants in vain, and knows that Task fields live on Activity', () => {
  const grant = '<apexClass>Gone</apexClass><field>Task.Key__c</field><field>Task.Lost__c</field><object>Gone__c</object>';
  expect(check({ 'permissionsets/P.permissionset-meta.xml': grant, 'objects/Activity/fields/Key__c.field-meta.xml': '' })).toEqual([
    'permissionsets/P.permissionset-meta.xml: class Gone is missing',
    'permissionsets/P.permissionset-meta.xml: object Gone__c is missing',
    'permissionsets/P.permissionset-meta.xml: field Task.Lost__c is missing',
  ]);
});

test('finds another apiVersion and a named credential that is missing', () => {
  expect(check({ 'classes/A.cls': "'callout:Gone/x'", 'classes/A.cls-meta.xml': '<apiVersion>66.0</apiVersion>' })).toEqual([
    'classes/A.cls: named credential Gone is missing',
    'classes/A.cls-meta.xml: apiVersion 66.0, the package has 67.0',
  ]);
});

test('finds an install script that is missing, and access to a custom setting that is', () => {
  const grant = '<customSettingAccesses>\n        <enabled>true</enabled>\n        <name>Gone__c</name>';
  expect(check({ 'permissionsets/P.permissionset-meta.xml': grant }, ['Gone'])).toEqual([
    'sfdx-project.json: class Gone is missing',
    'permissionsets/P.permissionset-meta.xml: custom setting Gone__c is missing',
  ]);
});

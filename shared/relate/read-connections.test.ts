import { expect, test } from 'vitest';
import { readConnections } from './read-connections.ts';

const head = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';

test('reads an export with its notes, once each, and names the lines it cannot read', () => {
  const csv = [
    'Notes:',
    '"When exporting your connection data, you may notice that some of the email addresses are missing."',
    '',
    head,
    'Inés,Carreño,https://x.example/ines,INES@Altamaruja.example,Altamaruja,"CEO, Founder",02 Nov 2024',
    'Dana,Roe,https://x.example/dana,,,,01 Jan 2020',
    'Dana,Roe,https://x.example/dana,,,,01 Jan 2020',
    ',,,,,,',
    'short,row',
    'a"b,c,,,,,',
    '',
  ].join('\n');
  expect(readConnections(csv)).toEqual({
    connections: [
      { line: 5, name: 'Inés Carreño', plainName: 'ines carreno', email: 'ines@altamaruja.example' },
      { line: 7, name: 'Dana Roe', plainName: 'dana roe', email: null },
    ],
    unreadable: [8, 9, 10],
  });
});

test('another table is none', () => {
  expect(readConnections('name,mail\nDana,x')).toBeNull();
  expect(readConnections('')).toBeNull();
});

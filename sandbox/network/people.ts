import { cast } from '../cast.ts';

type Crm = 'hubspot' | 'salesforce';

/** One of ours in both CRMs; `null` stands for the customer of the story. */
interface Member {
  name: string;
  ids: Record<Crm, string>;
  /** How often and how long ago, in days, they met the nth of `strangers`. */
  met: readonly [stranger: number | null, daysAgo: readonly number[]][];
}

const { rep, colleague, teammate } = cast;
export const members: readonly Member[] = [
  {
    name: rep.name,
    ids: { hubspot: String(cast.hubspot.rep.userId), salesforce: cast.salesforce.rep.userId },
    met: [[0, [3, 11, 19, 40, 66]], [5, [8, 30]], ...spread([7, 8, 9, 10, 11, 12], 23)],
  },
  {
    name: colleague.name,
    ids: { hubspot: String(cast.hubspot.colleague.userId), salesforce: cast.salesforce.colleague.userId },
    met: [[null, [6, 20, 47]], [1, [2, 9, 16, 37]], ...spread([13, 14, 15, 16, 17, 18], 31)],
  },
  {
    name: teammate.name,
    ids: { hubspot: String(cast.hubspot.teammate.userId), salesforce: '0055f000000NOORAAA' },
    met: [[1, [38, 52, 70]], [2, [34, 50]], ...spread([19, 20, 21, 22, 23, 24], 17)],
  },
  {
    name: 'Ana Brandt',
    ids: { hubspot: '74', salesforce: '0055f000000ANABAAA' },
    met: [[2, [4, 10, 25]], [3, [13, 45]], ...spread([25, 26, 27, 28, 29, 30], 28)],
  },
  {
    name: 'Jules Petit',
    ids: { hubspot: '75', salesforce: '0055f000000JULEAAA' },
    met: [[4, [7, 14, 28, 56]], ...spread([31, 32, 33, 34, 35, 36, 37, 38], 41)],
  },
];

/** Who knows whom out there, as somebody here was told; `null` is the customer of the story. */
export const acquainted: readonly [number, number | null][] = [
  [0, 3],
  [1, null],
  [2, 4],
  [3, null],
  [4, 1],
  [0, 6],
  [6, null],
];

/** People of other companies, the nearest to the story first. */
export const strangers: readonly string[] = [
  'Dana Roe',
  'Henrik Sol',
  'Iris Moreau',
  'Marek Novak',
  'Tola Adeyemi',
  'Bea Lindholm',
  'Otis Grant',
  ...[
    'Aiko',
    'Bruno',
    'Carla',
    'Deniz',
    'Elif',
    'Farid',
    'Greta',
    'Hugo',
    'Ines',
    'Jonas',
    'Kaya',
    'Liam',
    'Mara',
    'Nils',
    'Olga',
    'Paul',
  ].flatMap((first, n) => [
    `${first} ${['Abel', 'Bauer', 'Costa', 'Dahl', 'Egger', 'Falk', 'Gomez', 'Holm'][n % 8]}`,
    `${first} ${['Ito', 'Jansen', 'Klein', 'Lopes'][n % 4]}`,
  ]),
];

export const strangerId = (crm: Crm, n: number): string =>
  crm === 'hubspot' ? String(9_101 + n) : `0035f000000N${String(n).padStart(3, '0')}AAA`;

export const customerId = (crm: Crm): string => cast[crm].contactId;

/** Once or twice each, over half a year. */
function spread(people: readonly number[], step: number): [number, number[]][] {
  return people.map((person, n) => [person, n % 2 === 0 ? [step + n * 9, step + 40 + n * 11] : [step + n * 13]]);
}

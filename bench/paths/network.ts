import { dice } from '../../sandbox/kit/dice.ts';
import type { Links } from '../../shared/relate/paths/build-lists.ts';
import { bell } from './bell.ts';
import { drawLinks } from './draw-links.ts';
import { placePeople } from './place-people.ts';

/** A made-up network to search in, the same for the same size. */
export interface Network {
  persons: number;
  links: Links;
  /** Person → factor code. */
  codes: Uint8Array;
  team: number[];
  /** Whom to ask for: 1,000 accounts of 200 people. */
  accounts: number[][];
}

const membersMax = 50;
const accountSize = 200;

/**
 * `edges` links among a fifth as many people: companies in industries, a few with very many links, most with a handful; 30 % among colleagues;
 * a third known from a contact list alone, the others by contacts of heavy-tailed number, age and spacing.
 */
export function makeNetwork(edges: number): Network {
  const roll = dice(12_345);
  const persons = Math.max(10_500, Math.round(edges / 5));
  const people = placePeople(persons, membersMax, accountSize, roll);
  const { a, b } = drawLinks(edges, people, membersMax, roll);
  const links: Links = {
    a,
    b,
    abFast: new Float32Array(edges),
    abSlow: new Float32Array(edges),
    baFast: new Float32Array(edges),
    baSlow: new Float32Array(edges),
  };
  for (let at = 0; at < edges; at++) {
    const isListed = roll() < 0.35;
    const contacts = isListed ? 0 : Math.min(500, Math.floor((1 - roll()) ** (-1 / 0.9)));
    const lastDays = -250 * Math.log(1 - roll());
    const everyDays = Math.max(0.5, -18 * Math.log(1 - roll()));
    const sum = (half: number) => (2 ** (-lastDays / half) * (1 - 2 ** ((-contacts * everyDays) / half))) / (1 - 2 ** (-everyDays / half));
    const theirs = Math.min(0.95, Math.max(0.05, 0.5 + 0.22 * bell(roll)));
    const [fast, slow] = contacts === 0 ? [0, 0] : [sum(14), 0.147 * sum(180)];
    const told = 0.3 * (isListed ? 0.12 : 0.05);
    links.abFast[at] = fast * (theirs + 0.3 * (1 - theirs));
    links.abSlow[at] = slow * (theirs + 0.3 * (1 - theirs)) + told;
    links.baFast[at] = fast * (1 - theirs + 0.3 * theirs);
    links.baSlow[at] = slow * (1 - theirs + 0.3 * theirs) + told;
  }
  const codes = Uint8Array.from({ length: persons }, () => Math.floor(roll() * 16));
  return { persons, links, codes, team: range(0, membersMax), accounts: accountsOf(persons, roll) };
}

/** 40 companies as they are, and 960 made of people from here and there in the rest. */
function accountsOf(persons: number, roll: () => number): number[][] {
  const first = membersMax + 40 * accountSize;
  const whole = Array.from({ length: 40 }, (_, at) => range(membersMax + at * accountSize, accountSize));
  const mixed = Array.from({ length: 960 }, () => {
    const base = Math.floor(first + roll() * (persons - first - 2_000));
    const chosen = new Set<number>();
    while (chosen.size < accountSize) chosen.add(base + Math.floor(roll() * 1_500));
    return [...chosen];
  });
  return [...whole, ...mixed];
}

const range = (from: number, length: number) => Array.from({ length }, (_, at) => from + at);

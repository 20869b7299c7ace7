import { expect, test } from 'vitest';
import { maySee } from './may-see.ts';

// reach = owner, team, any. Columns: sharing owner, team, everyone; then the same call marked private.
const matrix = `
  rep   reach   owner team everyone  private
  no    ---     no    no   no        no
  no    --a     no    no   yes       no
  no    -t-     no    yes  yes       no
  no    -ta     no    yes  yes       no
  no    o--     yes   yes  yes       no
  no    o-a     yes   yes  yes       no
  no    ot-     yes   yes  yes       no
  no    ota     yes   yes  yes       no
  yes   ---     no    no   no        no
  yes   --a     yes   yes  yes       yes
  yes   -t-     yes   yes  yes       yes
  yes   -ta     yes   yes  yes       yes
  yes   o--     yes   yes  yes       yes
  yes   o-a     yes   yes  yes       yes
  yes   ot-     yes   yes  yes       yes
  yes   ota     yes   yes  yes       yes
`;

const rows = matrix
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.trim().split(/\s+/));

test('has a row for every case', () => {
  expect(new Set(rows.map(([rep, reach]) => `${rep} ${reach}`)).size).toBe(16);
});

test.each(rows)('rep %s, reach %s: owner %s, team %s, everyone %s, private %s', (rep, reach, ...said) => {
  const viewer = { userId: '71', ownsCall: rep === 'yes' };
  const crm = { owner: reach!.includes('o'), team: reach!.includes('t'), any: reach!.includes('a') };
  const [owner, team, everyone, hidden] = said.map((word) => word === 'yes');
  const open = (['owner', 'team', 'everyone'] as const).map((sharing) => maySee(viewer, { isPrivate: false }, crm, sharing));
  const closed = (['owner', 'team', 'everyone'] as const).map((sharing) => maySee(viewer, { isPrivate: true }, crm, sharing));
  expect({ open, closed }).toEqual({ open: [owner, team, everyone], closed: [hidden, hidden, hidden] });
});

import { cruise } from 'dependency-cruiser';
import doors from './doors.cjs';

/** `npm run doors`: who imports whom, against `.ci/doors.cjs`. Says how much it read: a cruiser that reads nothing finds nothing. */
const options = { ...doors.options, ruleSet: { forbidden: doors.forbidden }, validate: true };
const { output } = await cruise(['shared', 'edge', 'sandbox', 'hubspot-app/src/app'], options);
if (typeof output === 'string') throw new Error(output);
const { totalCruised, violations } = output.summary;
for (const { rule, from, to } of violations) {
  const why = doors.forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  console.error(`${rule.name}: ${from} → ${to}\n  ${why}`);
}
console.log(`doors: ${totalCruised} modules, ${violations.length} violations`);
process.exitCode = violations.length > 0 || totalCruised < 200 ? 1 : 0;

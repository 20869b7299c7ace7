/**
 * For the `workerd` project, where the Worker shares its console with the test. Vitest waits for every line of a console to be
 * acknowledged, and a line that an object says after the last test is never sent: the run would not end. So its interception is off
 * (`disableConsoleIntercept`), and the Worker's own records are left out here.
 */
const say = console.log;
console.log = (...said: unknown[]) => {
  if (!String(said[0]).startsWith('{"level"')) say(...said);
};

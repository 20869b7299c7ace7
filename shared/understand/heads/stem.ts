/** A word without its endings, roughly: "migrating" and "migrated" are "migrat". */
export function stemOf(word: string): string {
  if (word.length < 5) return word.length === 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
  let stem = word.replace(/'s$/, '');
  if (stem.endsWith('ies')) stem = `${stem.slice(0, -3)}y`;
  else if (/(?:ss|sh|ch|x)es$/.test(stem)) stem = stem.slice(0, -2);
  else if (stem.endsWith('s') && !/(?:ss|us|is)$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.length > 6 && stem.endsWith('ing')) stem = undouble(stem.slice(0, -3));
  else if (stem.length > 5 && stem.endsWith('ed')) stem = undouble(stem.slice(0, -2));
  else if (stem.length > 6 && stem.endsWith('ly')) stem = stem.slice(0, -2);
  return stem.length > 4 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
}
const undouble = (stem: string): string => (/([bdfgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem);

/** A model's sentence made harmless for a CRM field: one line, no links, markup, hidden or direction-changing signs; '' when nothing is left. */
export function cleanLine(text: string, charsMax: number): string {
  const line = text
    .slice(0, 2_000)
    .normalize('NFKC')
    .replace(/!?\[([^\]]{0,200})\]\([^)]{0,500}\)/g, '$1')
    .replace(/<[^>]{0,300}>?/g, ' ')
    .replace(/\b(?:https?|ftp|javascript|data|mailto):\S*/gi, ' ')
    .replace(/\bwww\.\S+/gi, ' ')
    .replace(/\b[\w.+-]+@[\w-]+\.[\w.]+\b/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, ' ')
    .replace(/[`*_#>|~]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= charsMax) return line;
  const cut = line.lastIndexOf(' ', charsMax);
  return line.slice(0, cut > 0 ? cut : charsMax).trim();
}

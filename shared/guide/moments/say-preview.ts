/** What a preview comes to, in a sentence. */
export function sayPreview({ fired, callsWith, calls }: { fired: number; callsWith: number; calls: number }): string {
  if (calls === 0) return 'There is no call yet that you may see, so nobody can tell how often this would fire.';
  const last = calls === 1 ? 'your last call' : `your last ${calls} calls`;
  if (fired === 0) return `This would not have fired in ${last}.`;
  const times = fired === 1 ? 'once' : fired === 2 ? 'twice' : `${fired} times`;
  const often = callsWith * 2 > calls && calls >= 10 ? ' That is more than every second call: it will be a card too many.' : '';
  return `This would have fired ${times} in ${last}.${often}`;
}

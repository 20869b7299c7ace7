/** Saves at once while the state is small, and never spends more than a tenth of the time on saving. */
export function keeper(save: () => void) {
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const started = performance.now();
    save();
    freeAt = performance.now() + (performance.now() - started) * 10;
  };
  return {
    flush,
    changed() {
      if (timer) return;
      const wait = freeAt - performance.now();
      if (wait <= 0) flush();
      else timer = setTimeout(flush, wait).unref();
    },
  };
}

/** Where a scrolled box stands, in pixels. */
export interface Box {
  top: number;
  /** What of it is seen, and all of it. */
  seen: number;
  all: number;
}

export interface Following {
  isFollowing: boolean;
  /** Where it stood when we last looked. */
  top: number;
}

export const followingFromStart: Following = { isFollowing: true, top: 0 };

const NEAR_PX = 24;
/** Browsers round. */
const MOVED_PX = 2;

/** The rep, or we, scrolled. Going up stops it; coming to the end goes on. That words came meanwhile is nobody's scrolling. */
export function afterScroll(was: Following, { top, seen, all }: Box): Following {
  if (all - seen - top <= NEAR_PX) return { isFollowing: true, top };
  return { isFollowing: was.isFollowing && top >= was.top - MOVED_PX, top };
}

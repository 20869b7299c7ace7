/** Many rows of whole numbers, found in one pass over another row (Aho-Corasick). Made once, never changed, shared by every call. */
export interface Automaton {
  /** Tells each pattern that ends at `lastAt`, the longest first. A symbol that no pattern holds is -1. */
  scan(symbols: readonly number[], found: (pattern: number, lastAt: number) => void): void;
}

/** `patterns` hold symbols from 0 upward; an empty one is never found. */
export function automatonOf(patterns: readonly (readonly number[])[]): Automaton {
  const tree = plant(patterns);
  const { fail, longestEnd } = link(tree);
  const { branch, firstEnd, nextEnd } = tree;
  return {
    scan(symbols, found) {
      let node = 0;
      for (let lastAt = 0; lastAt < symbols.length; lastAt += 1) {
        const symbol = symbols[lastAt] ?? -1;
        node = symbol < 0 ? 0 : follow(branch, fail, node, symbol);
        for (let end = longestEnd[node] ?? 0; end !== 0; end = longestEnd[fail[end] ?? 0] ?? 0)
          for (let pattern = firstEnd[end] ?? -1; pattern !== -1; pattern = nextEnd[pattern] ?? -1) found(pattern, lastAt);
      }
    },
  };
}

/** The patterns as one tree: node 0 is the root, a child has a larger number than its parent. */
interface Tree {
  branch: Branches;
  parent: Int32Array;
  symbol: Int32Array;
  depth: Int32Array;
  nodes: number;
  /** The patterns that end at a node, as a chain; -1 ends it. */
  firstEnd: Int32Array;
  nextEnd: Int32Array;
}

function plant(patterns: readonly (readonly number[])[]): Tree {
  const most = 1 + patterns.reduce((sum, pattern) => sum + pattern.length, 0);
  const branch = branches(most);
  const [parent, symbol, depth] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  const firstEnd = new Int32Array(most).fill(-1);
  const nextEnd = new Int32Array(patterns.length).fill(-1);
  let nodes = 1;
  // Backwards, so that patterns that are the same are told in their order.
  for (let at = patterns.length - 1; at >= 0; at -= 1) {
    const pattern = patterns[at] ?? [];
    let node = 0;
    for (const one of pattern) {
      let child = branch.of(node, one);
      if (child === 0) {
        child = nodes;
        nodes += 1;
        branch.grow(node, one, child);
        parent[child] = node;
        symbol[child] = one;
        depth[child] = (depth[node] ?? 0) + 1;
      }
      node = child;
    }
    if (node === 0) continue;
    nextEnd[at] = firstEnd[node] ?? -1;
    firstEnd[node] = at;
  }
  return { branch, parent, symbol, depth, nodes, firstEnd, nextEnd };
}

/** Where to go on when a branch ends: the longest tail that begins another pattern; and the nearest such tail that is one. */
function link({ branch, parent, symbol, depth, nodes, firstEnd }: Tree): { fail: Int32Array; longestEnd: Int32Array } {
  const fail = new Int32Array(nodes);
  const longestEnd = new Int32Array(nodes);
  for (const node of byDepth(depth, nodes)) {
    const above = parent[node] ?? 0;
    fail[node] = above === 0 ? 0 : follow(branch, fail, fail[above] ?? 0, symbol[node] ?? 0);
    longestEnd[node] = (firstEnd[node] ?? -1) === -1 ? (longestEnd[fail[node] ?? 0] ?? 0) : node;
  }
  return { fail, longestEnd };
}

function follow(branch: Branches, fail: Int32Array, from: number, symbol: number): number {
  for (let node = from; ; node = fail[node] ?? 0) {
    const child = branch.of(node, symbol);
    if (child !== 0 || node === 0) return child;
  }
}

/** Every node but the root, those near the root first. */
function byDepth(depth: Int32Array, nodes: number): Int32Array {
  const starts = new Int32Array(nodes + 2);
  for (let node = 1; node < nodes; node += 1) starts[(depth[node] ?? 0) + 1] = (starts[(depth[node] ?? 0) + 1] ?? 0) + 1;
  for (let deep = 1; deep < starts.length; deep += 1) starts[deep] = (starts[deep] ?? 0) + (starts[deep - 1] ?? 0);
  const order = new Int32Array(Math.max(0, nodes - 1));
  for (let node = 1; node < nodes; node += 1) {
    const deep = depth[node] ?? 0;
    order[starts[deep] ?? 0] = node;
    starts[deep] = (starts[deep] ?? 0) + 1;
  }
  return order;
}

/** (node, symbol) → child in three flat arrays: a Map for each of a hundred thousand nodes would cost ten times the memory. 0 is none. */
interface Branches {
  of(node: number, symbol: number): number;
  grow(node: number, symbol: number, child: number): void;
}

function branches(most: number): Branches {
  const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
  const [nodes, symbols, children] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  const placeOf = (node: number, symbol: number): number => {
    let mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(symbol + 1, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    let at = (mixed ^ (mixed >>> 13)) & (size - 1);
    while (children[at] !== 0 && (nodes[at] !== node || symbols[at] !== symbol)) at = (at + 1) & (size - 1);
    return at;
  };
  return {
    of: (node, symbol) => children[placeOf(node, symbol)] ?? 0,
    grow(node, symbol, child) {
      const at = placeOf(node, symbol);
      nodes[at] = node;
      symbols[at] = symbol;
      children[at] = child;
    },
  };
}

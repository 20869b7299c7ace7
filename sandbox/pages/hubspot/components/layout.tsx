import type { Drawn } from './drawn.ts';

const pixels: Record<string, number | undefined> = {
  flush: 0,
  xs: 4,
  'extra-small': 4,
  sm: 8,
  small: 8,
  md: 16,
  medium: 16,
  lg: 24,
  large: 24,
  xl: 32,
  'extra-large': 32,
};
const places: Record<string, string | undefined> = {
  start: 'flex-start',
  end: 'flex-end',
  between: 'space-between',
  around: 'space-around',
};
const place = (name: string) => places[name] ?? name;

export const Flex: Drawn<'Flex'> = ({
  children,
  direction = 'row',
  gap = 'flush',
  justify = 'start',
  align = 'stretch',
  alignSelf,
  wrap,
  testId,
}) => (
  <div
    className="hs-flex"
    data-test-id={testId}
    style={{
      flexDirection: direction,
      gap: pixels[gap],
      justifyContent: place(justify),
      alignItems: place(align),
      alignSelf: alignSelf && place(alignSelf),
      flexWrap: wrap === true || wrap === 'wrap' ? 'wrap' : 'nowrap',
    }}
  >
    {children}
  </div>
);

export const Divider: Drawn<'Divider'> = () => <hr className="hs-divider" />;

export const Tile: Drawn<'Tile'> = ({ children, compact, flush, testId }) => (
  <div className={`hs-tile${compact ? ' is-compact' : ''}${flush ? ' is-flush' : ''}`} data-test-id={testId}>
    {children}
  </div>
);

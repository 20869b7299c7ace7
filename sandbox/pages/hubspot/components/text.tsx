import type { Drawn } from './drawn.ts';

export const Text: Drawn<'Text'> = ({ children, variant = 'bodytext', inline, format = {}, truncate, testId }) => {
  const Tag = inline ? 'span' : 'div';
  const names = [
    'hs-text',
    `is-${variant}`,
    truncate && 'is-truncated',
    format.italic && 'is-italic',
    format.fontWeight && `is-${format.fontWeight}`,
  ];
  const line = { none: 'none', underline: 'underline', strikethrough: 'line-through' }[format.lineDecoration ?? 'none'];
  const words = format.lineDecoration === 'strikethrough' ? <del>{children}</del> : children;
  return (
    <Tag className={names.filter(Boolean).join(' ')} style={{ textDecorationLine: line }} data-test-id={testId}>
      {words}
    </Tag>
  );
};

export const Heading: Drawn<'Heading'> = ({ children, testId }) => (
  <h3 className="hs-heading" data-test-id={testId}>
    {children}
  </h3>
);

export const Link: Drawn<'Link'> = ({ children, href, variant = 'primary', onClick, testId }) => {
  const { url, external = false } = typeof href === 'string' ? { url: href } : href;
  return (
    <a
      className={`hs-link is-${variant}`}
      href={url}
      {...(external ? { target: '_blank', rel: 'noopener' } : {})}
      data-test-id={testId}
      // The browser follows it first: the card may take the link away at once.
      onClick={() =>
        setTimeout(() => void onClick?.({ type: 'click', bubbles: true, timeStamp: performance.now(), id: testId ?? '' }, noOverlays))
      }
    >
      {children}
    </a>
  );
};

const notDrawn = () => {
  throw new Error('This page opens overlays by the overlay prop alone');
};
const noOverlays = { openModal: notDrawn, openPanel: notDrawn, closeModal: notDrawn, closePanel: notDrawn };

export const List: Drawn<'List'> = ({ children, variant = 'unordered', testId }) => {
  const Tag = variant.startsWith('ordered') ? 'ol' : 'ul';
  const items = Array.isArray(children) ? children : [children];
  return (
    <Tag className={`hs-list is-${variant}`} data-test-id={testId}>
      {items.flat().map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the card's own keys do not reach the page, and its lists do not reorder.
        <li key={at}>{item}</li>
      ))}
    </Tag>
  );
};

export const Tag: Drawn<'Tag'> = ({ children, variant = 'default', testId }) => (
  <span className={`hs-tag is-${variant}`} data-test-id={testId}>
    {children}
  </span>
);

export const StatusTag: Drawn<'StatusTag'> = ({ children, variant = 'default', hollow, testId }) => (
  <span className={`hs-status is-${variant}${hollow ? ' is-hollow' : ''}`} data-test-id={testId}>
    {children}
  </span>
);

export const Image: Drawn<'Image'> = ({ src, alt = '', width, height, testId }) => (
  <img className="hs-image" src={src} alt={alt} width={width} height={height} data-test-id={testId} />
);

import { type ComponentProps, type ReactNode, useState } from 'react';
import type { Drawn } from './drawn.ts';
import { closeOverlay, Overlay } from './overlay.tsx';

type ButtonProps = ComponentProps<Drawn<'Button'>>;

/** A button that may carry an overlay: pressing it opens that, whatever else it does. */
function Press({ names, isBusy = false, ...props }: Omit<ButtonProps, 'variant' | 'size'> & { names: string; isBusy?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const { children, onClick, disabled, overlay, type = 'button', testId } = props;
  const press = () => {
    void onClick?.({ type: 'click', bubbles: true, timeStamp: performance.now(), id: testId ?? '' }, reactions);
    if (overlay) setOpen(true);
  };
  return (
    <>
      <button
        type={type}
        className={names}
        disabled={disabled || isBusy}
        aria-busy={isBusy || undefined}
        data-test-id={testId}
        onClick={press}
      >
        {children as ReactNode}
      </button>
      {isOpen && <Overlay onClose={() => setOpen(false)}>{overlay}</Overlay>}
    </>
  );
}

const sizes: Record<string, string | undefined> = { 'extra-small': 'xs', small: 'sm', medium: 'md' };

export const Button: Drawn<'Button'> = ({ variant = 'secondary', size = 'md', ...props }) => (
  <Press {...props} names={`hs-button is-${variant} is-${sizes[size] ?? size}`} />
);

export const LoadingButton: Drawn<'LoadingButton'> = ({ variant = 'secondary', size = 'md', loading = false, ...props }) => (
  <Press {...props} isBusy={loading} names={`hs-button is-${variant} is-${sizes[size] ?? size}${loading ? ' is-loading' : ''}`} />
);

const notDrawn = () => {
  throw new Error('This page opens overlays by the overlay prop alone');
};
const reactions = { openModal: notDrawn, openPanel: notDrawn, closeModal: closeOverlay, closePanel: closeOverlay };

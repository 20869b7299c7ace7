import type { ComponentProps, KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type * as host from '../../../../hubspot-app/src/app/cards/host.ts';
import type { Drawn } from './drawn.ts';

interface Props {
  children?: ReactNode;
  buttonText?: string;
  buttonSize?: string;
  variant?: string;
  disabled?: boolean;
  testId?: string;
}

/** A button with a menu under it: it closes on a choice, on Escape, and when the focus leaves it. */
export const Dropdown: Drawn<'Dropdown'> = ({ children, buttonText = 'More', buttonSize = 'md', variant, disabled, testId }: Props) => {
  const [isOpen, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) list.current?.querySelector('button')?.focus();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    whole.current?.querySelector('button')?.focus();
  };
  const move = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = items.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'Escape') close();
    if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    if (event.key === 'ArrowUp') items[(at + items.length - 1) % items.length]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the focus went.
    <div
      ref={whole}
      className="hs-dropdown"
      data-test-id={testId}
      onBlur={({ relatedTarget, currentTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        className={`hs-button is-${variant ?? 'secondary'} is-${buttonSize}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        disabled={disabled}
        onClick={() => setOpen(!isOpen)}
      >
        {buttonText} <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div ref={list} role="menu" className="hs-menu" tabIndex={-1} onKeyDown={move} onClick={close}>
          {children}
        </div>
      )}
    </div>
  );
};

type ItemProps = ComponentProps<(typeof host)['Dropdown']['ButtonItem']>;

export const DropdownButtonItem = ({ children, onClick, testId }: ItemProps & { children?: ReactNode }) => (
  <button
    type="button"
    role="menuitem"
    tabIndex={-1}
    data-test-id={testId}
    onClick={() => void onClick?.({ type: 'click', bubbles: true, timeStamp: performance.now(), id: testId ?? '' }, noOverlays)}
  >
    {children as ReactNode}
  </button>
);

const notDrawn = () => {
  throw new Error('This page opens overlays by the overlay prop alone');
};
const noOverlays = { openModal: notDrawn, openPanel: notDrawn, closeModal: notDrawn, closePanel: notDrawn };

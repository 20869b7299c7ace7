import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { Drawn } from './drawn.ts';

const closing = new EventTarget();
/** What a card means by `actions.closeOverlay(id)`. */
export const closeOverlay = (id: string): boolean => closing.dispatchEvent(new Event(id));

const Close = createContext<() => void>(() => {});

/** The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Overlay({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return createPortal(
    <dialog ref={dialog} className="hs-dialog" aria-labelledby={title} onClose={onClose}>
      <Close.Provider value={() => dialog.current?.close()}>
        <TitleId.Provider value={title}>{children}</TitleId.Provider>
      </Close.Provider>
    </dialog>,
    document.body,
  );
}

const TitleId = createContext('');

export const Modal: Drawn<'Modal'> = ({ id, title, children, width = 'sm', variant = 'default', onOpen, onClose, testId, ...props }) => {
  const close = useContext(Close);
  const titleId = useContext(TitleId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening and closing happen once, whatever the card sends anew.
  useEffect(() => {
    onOpen?.();
    const listen = () => close();
    closing.addEventListener(id, listen);
    return () => {
      closing.removeEventListener(id, listen);
      onClose?.();
    };
  }, [id]);
  return (
    <div className={`hs-modal is-${width} is-${variant}`} data-test-id={testId}>
      <header className="hs-modal-head">
        <h2 id={titleId}>{title ?? props['aria-label']}</h2>
        <button type="button" className="hs-modal-close" aria-label="Close" onClick={close}>
          ×
        </button>
      </header>
      {children}
    </div>
  );
};

export const ModalBody: Drawn<'ModalBody'> = ({ children }) => <div className="hs-modal-body">{children}</div>;
export const ModalFooter: Drawn<'ModalFooter'> = ({ children }) => <footer className="hs-modal-foot">{children}</footer>;

// Where menus and lists of suggestions are put in the document: inside the dialog that is open, since all else is inert then.
import { createContext, type RefObject } from 'react';

export const OverlayPlace = createContext<RefObject<HTMLElement | null>>({ current: null });

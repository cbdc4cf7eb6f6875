import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

export interface VirtualOptions {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  /** Pixels of a line. Another function, another list: sizes are taken anew. */
  sizeOf: (index: number) => number;
  keyOf: (index: number) => string;
  /** This line is drawn wherever the list is scrolled to, so that it can always be referred to. */
  pinned: number;
}

/** Draws only the lines in sight. Heights are known beforehand, so nothing is measured. */
export function useVirtual({ scroller, count, sizeOf, keyOf, pinned }: VirtualOptions): {
  items: VirtualItem[];
  total: number;
  /** Of the box, in pixels. */
  height: number;
  scrollTo(index: number): void;
} {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: sizeOf,
    getItemKey: keyOf,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    overscan: 6,
    // The first picture need not wait for the first measurement of the box.
    initialRect: { width: 340, height: 320 },
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const shown = defaultRangeExtractor(range);
      if (pinned < 0 || pinned >= count || shown.includes(pinned)) return shown;
      return [...shown, pinned].sort((a, b) => a - b);
    },
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  return {
    items: virtualizer.getVirtualItems(),
    total: virtualizer.getTotalSize(),
    height: virtualizer.scrollRect?.height ?? 0,
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
